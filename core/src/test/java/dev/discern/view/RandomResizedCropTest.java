package dev.discern.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.image.Crop;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomResizedCropTest {
  private static final int DRAWS = 4000;

  @Test
  void staysInsideTheImageAndItsRanges() {
    RandomResizedCrop crop = new RandomResizedCrop(0.08, 1, 3.0 / 4, 4.0 / 3);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < DRAWS; i++) {
      Crop drawn = crop.draw(300, 400, random);
      assertInside(drawn, 300, 400);
      double area = (double) drawn.height() * drawn.width() / (300 * 400);
      assertThat(area).isBetween(0.08 * 0.97, 1.0);
      assertThat((double) drawn.width() / drawn.height()).isBetween(0.75 * 0.97, 1.34 * 1.03);
    }
  }

  @Test
  void drawsAreasEvenly() {
    RandomResizedCrop crop = new RandomResizedCrop(0.1, 0.3, 1, 1);
    SplittableRandom random = new SplittableRandom(2);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      Crop drawn = crop.draw(1000, 1000, random);
      double area = drawn.height() * drawn.width() / 1e6;
      sum += area;
      squares += area * area;
    }
    double mean = sum / DRAWS;
    // Uniform in [0.1, 0.3]: mean 0.2, variance 0.2²/12; four standard errors.
    assertThat(mean).isCloseTo(0.2, within(4 * 0.0577 / Math.sqrt(DRAWS)));
    assertThat(squares / DRAWS - mean * mean).isCloseTo(0.04 / 12, within(0.0003));
  }

  @Test
  void reachesEveryCorner() {
    RandomResizedCrop crop = new RandomResizedCrop(0.25, 0.25, 1, 1);
    SplittableRandom random = new SplittableRandom(3);
    boolean[] seen = new boolean[9];
    for (int i = 0; i < 200; i++) {
      Crop drawn = crop.draw(4, 4, random);
      assertThat(drawn.height()).isEqualTo(2);
      seen[drawn.top() * 3 + drawn.left()] = true;
    }
    assertThat(seen).containsOnly(true);
  }

  @Test
  void keepsOnePixelOfTheSmallestImages() {
    SplittableRandom random = new SplittableRandom(4);
    for (double aspect : new double[] {1e-6, 1, 1e6}) {
      RandomResizedCrop crop = new RandomResizedCrop(1e-6, 1e-6, aspect, aspect);
      assertInside(crop.draw(1, 1, random), 1, 1);
      assertInside(crop.draw(1, 9, random), 1, 9);
      assertInside(crop.draw(9, 1, random), 9, 1);
    }
  }

  private static void assertInside(Crop crop, int height, int width) {
    assertThat(crop.height()).isBetween(1, height);
    assertThat(crop.width()).isBetween(1, width);
    assertThat(crop.top()).isBetween(0, height - crop.height());
    assertThat(crop.left()).isBetween(0, width - crop.width());
  }
}
