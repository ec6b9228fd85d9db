package dev.discern.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.config.InvalidConfig;
import dev.discern.config.Spec;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewsTest {
  private static final ImageShape SHAPE = new ImageShape(3, 32, 24);

  @Test
  void trainsOnAugmentationsInTheirOrder() {
    assertThat(training("resized-crop", "flip", "erase"))
        .isEqualTo(
            new View(
                SHAPE,
                new RandomResizedCrop(0.08, 1, 3.0 / 4, 4.0 / 3),
                Interpolation.BICUBIC,
                List.of(new HorizontalFlip(), new RandomErasing(0.25, 0.02, 0.33))));
  }

  @Test
  void centersWhereNoFitIsNamed() {
    assertThat(training("crop(padding=2)"))
        .isEqualTo(
            new View(
                SHAPE, new CenterCrop(0.875), Interpolation.BICUBIC, List.of(new RandomCrop(2))));
    assertThat(training()).isEqualTo(Views.evaluation(SHAPE, Interpolation.BICUBIC, 0.875));
  }

  @Test
  void refusesAFitThatDoesNotComeFirst() {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> training("flip", "resized-crop"))
        .withMessage(
            "Augmentation 'resized-crop' decides how an image is cropped, so it comes first: put it"
                + " before 'flip'.");
  }

  @Test
  void refusesAnAugmentationThatIsListedTwice() {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> training("resized-crop", "flip", "resized-crop(minScale=0.5)"))
        .withMessage("Augmentation 'resized-crop' is listed twice: list it once.");
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> training("flip", "flip"))
        .withMessage("Augmentation 'flip' is listed twice: list it once.");
  }

  @Test
  void refusesPaddingAsLargeAsTheImage() {
    assertThat(training("crop(padding=23)").augments()).hasSize(1);
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> training("crop(padding=24)"))
        .withMessage(
            "Parameter padding of crop is 24, but it must be less than the images' shorter side of"
                + " 24.");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.05, 1.01, -1, Double.NaN})
  void refusesCropRatiosOutOfBounds(double ratio) {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> Views.evaluation(SHAPE, Interpolation.BILINEAR, ratio))
        .withMessage("The crop ratio is " + ratio + ", but it must lie in [0.1, 1].");
  }

  private static View training(String... augments) {
    return Views.training(
        SHAPE, Interpolation.BICUBIC, 0.875, Stream.of(augments).map(Spec::parse).toList());
  }
}
