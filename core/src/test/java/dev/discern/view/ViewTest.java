package dev.discern.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.image.Pixels;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewTest {
  private static final Augment BROKEN =
      (pixels, random) -> {
        throw new IllegalStateException("broken");
      };

  @ParameterizedTest
  @CsvSource({
    "224, 224, 0.875, 512",
    "224, 160, 1, 320",
    "33, 33, 0.9, 74",
    "1, 1, 1, 2",
    "32, 256, 1, 256"
  })
  void asksForTwiceItsShorterSideAndNoLessThanItsLonger(
      int height, int width, double ratio, int atLeast) {
    View view = Views.evaluation(new ImageShape(1, height, width), Interpolation.BILINEAR, ratio);
    HeldImage image = HeldImage.noise(5, 5, 1);
    Pixels unused = view.apply(image, new SplittableRandom(0));
    assertThat(view.atLeast()).isEqualTo(atLeast);
    assertThat(image.askedFor()).isEqualTo(atLeast);
  }

  @Test
  void closesWhatItDecodes() {
    HeldImage image = HeldImage.noise(9, 9, 3);
    Pixels unused = view(new HorizontalFlip()).apply(image, new SplittableRandom(0));
    assertThat(image.open()).isZero();
  }

  @Test
  void leavesNothingOpenWhereAnAugmentationFails() {
    HeldImage image = HeldImage.noise(9, 9, 3);
    assertThatThrownBy(() -> view(BROKEN).apply(image, new SplittableRandom(0)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(image.open()).isZero();
  }

  @Test
  void augmentsInTheOrderOfItsList() {
    Augment invert = (pixels, random) -> new Solarize(0).apply(pixels);
    Augment darken = (pixels, random) -> new Brightness(0.5).apply(pixels);
    Pixels pixels = new Pixels(1, 1, 3, new byte[] {100, 100, 100});
    View view =
        new View(
            new ImageShape(3, 1, 1),
            new CenterCrop(1),
            Interpolation.BILINEAR,
            List.of(invert, darken));
    assertThat(view.apply(new HeldImage(pixels), new SplittableRandom(0)).data()).containsOnly(77);
  }

  @Test
  void drawsNothingForEvaluation() {
    SplittableRandom random = new SplittableRandom(3);
    Pixels unused = view().apply(HeldImage.noise(30, 40, 3), random);
    assertThat(random.nextLong()).isEqualTo(new SplittableRandom(3).nextLong());
  }

  private static View view(Augment... augments) {
    return new View(
        new ImageShape(3, 8, 8), new CenterCrop(1), Interpolation.BILINEAR, List.of(augments));
  }
}
