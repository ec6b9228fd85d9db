package dev.discern.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DetailsTest {
  private static GrayImage image(long seed) {
    return GrayImage.of(TestPictures.sketch(TestPictures.discs(seed)));
  }

  @Test
  void imagesThatCoverEachOtherAreComparedAsThoseMovedByNothing() {
    GrayImage whole = image(1);
    GrayImage part =
        GrayImage.of(TestPictures.sketch(TestPictures.noisy(TestPictures.discs(1), 40, 2)));
    double unmoved = Details.correlation(whole, part, Placement.SAME);
    double moved = Details.correlation(whole, part, new Placement(1, 1, 1e-9, 0));
    assertThat(unmoved).isBetween(0.3, 0.999).isCloseTo(moved, within(1e-6));
  }

  @Test
  void theDetailIsWhatRemainsWithoutTheMeanOfTheNeighbors() {
    GrayImage image = image(3);
    GrayImage detail = image.detail();
    for (int[] at : new int[][] {{0, 0}, {1, 63}, {63, 2}, {17, 40}, {61, 61}}) {
      double sum = 0;
      for (int dy = -2; dy <= 2; dy++) {
        for (int dx = -2; dx <= 2; dx++) {
          sum += image.at(inside(at[0] + dx), inside(at[1] + dy));
        }
      }
      double expected = image.at(at[0], at[1]) - sum / 25;
      assertThat(detail.at(at[0], at[1])).isCloseTo(expected, within(1e-9));
    }
  }

  private static int inside(int at) {
    return Math.max(0, Math.min(Sketch.SIDE - 1, at));
  }
}
