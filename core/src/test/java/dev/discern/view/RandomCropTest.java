package dev.discern.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.image.Pixels;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomCropTest {
  @Test
  void movesTheImageAndFillsWithBlack() {
    byte[] data = {1, 2, 3, 4, 5, 6};
    assertThat(RandomCrop.moved(gray(2, 3, data), 1, -1).data()).containsExactly(0, 4, 5, 0, 0, 0);
    assertThat(RandomCrop.moved(gray(2, 3, data), -1, 1).data()).containsExactly(0, 0, 0, 2, 3, 0);
    assertThat(RandomCrop.moved(gray(2, 3, data), 0, 0).data()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(RandomCrop.moved(new Pixels(1, 2, 3, data), 0, 1).data())
        .containsExactly(4, 5, 6, 0, 0, 0);
  }

  @Test
  void isBlackWhereTheWindowMissesTheImage() {
    byte[] data = {1, 2, 3, 4, 5, 6};
    assertThat(RandomCrop.moved(gray(2, 3, data), 0, 4).data()).containsOnly(0);
    assertThat(RandomCrop.moved(gray(2, 3, data), -2, 0).data()).containsOnly(0);
  }

  @Test
  void movesByUpToThePaddingEachWay() {
    RandomCrop crop = new RandomCrop(2);
    Set<Integer> places = new HashSet<>();
    SplittableRandom random = new SplittableRandom(0);
    for (int i = 0; i < 600; i++) {
      byte[] data = new byte[49];
      data[24] = 1;
      byte[] moved = crop.apply(gray(7, 7, data), random).data();
      for (int at = 0; at < moved.length; at++) {
        if (moved[at] == 1) {
          places.add(at);
          assertThat(at / 7).isBetween(1, 5);
          assertThat(at % 7).isBetween(1, 5);
        }
      }
    }
    assertThat(places).hasSize(25);
  }

  private static Pixels gray(int height, int width, byte... data) {
    return new Pixels(height, width, 1, data);
  }
}
