package dev.discern.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.image.Crop;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.image.Pixels;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What torchvision has no answer to; sizes that it has are in GoldenViewTest. */
class CenterCropTest {
  @Test
  void doesNotTouchAnImageOfTheRightSize() {
    Pixels pixels = HeldImage.noisePixels(12, 10, 3);
    Pixels seen =
        Views.evaluation(new ImageShape(3, 12, 10), Interpolation.BILINEAR, 0.5)
            .apply(new HeldImage(pixels), new SplittableRandom(0));
    assertThat(seen.data()).isEqualTo(pixels.data()).isNotSameAs(pixels.data());
  }

  @ParameterizedTest
  @CsvSource({"10, 10000", "10000, 10", "1, 65000", "65000, 1", "224, 2000"})
  void cropsStripsBeforeScalingThem(int height, int width) {
    CenterCrop.Plan plan = new CenterCrop(0.875).plan(height, width, new ImageShape(3, 224, 224));
    assertThat((long) plan.height() * plan.width()).isLessThanOrEqualTo(4L * 256 * 256);
    int shorter = Math.min(height, width);
    assertThat(Math.max(plan.source().height(), plan.source().width())).isEqualTo(4 * shorter);
    assertIsCentered(plan, height, width);
  }

  @Test
  void cropsNothingUpToFourTimesAsLongAsWide() {
    CenterCrop.Plan plan = new CenterCrop(1).plan(100, 400, new ImageShape(3, 50, 50));
    assertThat(plan.source()).isEqualTo(new Crop(0, 0, 100, 400));
    assertThat(plan.width()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "300, 300, 32, 256",
    "300, 3000, 32, 256",
    "300, 300, 256, 32",
    "50, 70, 31, 17",
    "1, 1, 3, 40"
  })
  void coversSizesThatAreNotSquare(int height, int width, int toHeight, int toWidth) {
    for (double ratio : new double[] {1, 0.9, 0.5, 0.1}) {
      ImageShape shape = new ImageShape(3, toHeight, toWidth);
      CenterCrop.Plan plan = new CenterCrop(ratio).plan(height, width, shape);
      Crop window = plan.window();
      assertThat(window.height()).isEqualTo(toHeight);
      assertThat(window.width()).isEqualTo(toWidth);
      assertThat(window.top()).isBetween(0, plan.height() - toHeight);
      assertThat(window.left()).isBetween(0, plan.width() - toWidth);
      boolean exactHeight = plan.height() == Math.round(toHeight / ratio);
      boolean exactWidth = plan.width() == Math.round(toWidth / ratio);
      assertThat(exactHeight || exactWidth).isTrue();
    }
  }

  @Test
  void keepsTheCenter() {
    byte[] data = new byte[4 * 8];
    data[1 * 8 + 3] = 1;
    data[2 * 8 + 4] = 2;
    Pixels seen =
        Views.evaluation(new ImageShape(1, 2, 2), Interpolation.BILINEAR, 0.5)
            .apply(new HeldImage(new Pixels(4, 8, 1, data)), new SplittableRandom(0));
    assertThat(seen.data()).containsExactly(1, 0, 0, 2);
  }

  private static void assertIsCentered(CenterCrop.Plan plan, int height, int width) {
    Crop source = plan.source();
    assertThat(height - source.height() - 2 * source.top()).isBetween(0, 1);
    assertThat(width - source.width() - 2 * source.left()).isBetween(0, 1);
  }
}
