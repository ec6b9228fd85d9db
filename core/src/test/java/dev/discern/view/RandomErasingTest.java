package dev.discern.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.image.Pixels;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomErasingTest {
  @Test
  void coversTheRectangleWithTheMeanColor() {
    byte[] color = RandomErasing.erased(new Pixels(2, 2, 3, new byte[12]), 1, 0, 1, 1).data();
    assertThat(color).containsExactly(0, 0, 0, 0, 0, 0, 124, 116, 104, 0, 0, 0);
    byte[] gray = RandomErasing.erased(new Pixels(2, 2, 1, new byte[4]), 0, 1, 2, 1).data();
    assertThat(gray).containsExactly(0, 117, 0, 117);
    assertThat(Luma.of(124, 116, 104)).isEqualTo(117);
  }

  @Test
  void changesAsManyImagesAsAsked() {
    assertThat(shareChanged(new RandomErasing(0, 0.1, 0.1))).isZero();
    assertThat(shareChanged(new RandomErasing(1, 0.1, 0.1))).isEqualTo(1);
    // Four standard errors of 1,000 draws.
    assertThat(shareChanged(new RandomErasing(0.25, 0.1, 0.1))).isCloseTo(0.25, within(0.055));
  }

  @Test
  void coversTheShareAsked() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 200; i++) {
      byte[] data = new RandomErasing(1, 0.2, 0.3).apply(black(100, 100), random).data();
      int covered = 0;
      for (byte value : data) {
        covered += value == 117 ? 1 : 0;
      }
      assertThat(covered / 10_000.0).isBetween(0.19, 0.31);
    }
  }

  private static double shareChanged(RandomErasing erasing) {
    SplittableRandom random = new SplittableRandom(4);
    int changed = 0;
    for (int i = 0; i < 1000; i++) {
      for (byte value : erasing.apply(black(20, 20), random).data()) {
        if (value != 0) {
          changed++;
          break;
        }
      }
    }
    return changed / 1000.0;
  }

  private static Pixels black(int height, int width) {
    return new Pixels(height, width, 1, new byte[height * width]);
  }
}
