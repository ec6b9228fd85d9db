package dev.discern.view;

import dev.discern.image.Pixels;

/** The operations of TrivialAugment and RandAugment, in torchvision's order. */
enum PolicyOperation {
  IDENTITY,
  SHEAR_X,
  SHEAR_Y,
  TRANSLATE_X,
  TRANSLATE_Y,
  ROTATE,
  BRIGHTNESS,
  COLOR,
  CONTRAST,
  SHARPNESS,
  POSTERIZE,
  SOLARIZE,
  AUTO_CONTRAST,
  EQUALIZE;

  /** Whether the sign of the magnitude is random. */
  boolean signed() {
    return switch (this) {
      case IDENTITY, POSTERIZE, SOLARIZE, AUTO_CONTRAST, EQUALIZE -> false;
      default -> true;
    };
  }

  /**
   * Applies the operation.
   *
   * @param magnitude one of {@link Magnitudes}, negated or not where {@link #signed}
   * @param pixels the image, which the caller hands over
   * @return the changed image
   */
  Pixels apply(double magnitude, Pixels pixels) {
    return switch (this) {
      case IDENTITY -> pixels;
      case SHEAR_X -> new Shear(magnitude, 0).apply(pixels);
      case SHEAR_Y -> new Shear(0, magnitude).apply(pixels);
      case TRANSLATE_X -> new Translate((int) magnitude, 0).apply(pixels);
      case TRANSLATE_Y -> new Translate(0, (int) magnitude).apply(pixels);
      case ROTATE -> new Rotate(magnitude).apply(pixels);
      case BRIGHTNESS -> new Brightness(1 + magnitude).apply(pixels);
      case COLOR -> new Saturation(1 + magnitude).apply(pixels);
      case CONTRAST -> new Contrast(1 + magnitude).apply(pixels);
      case SHARPNESS -> new Sharpness(1 + magnitude).apply(pixels);
      case POSTERIZE -> new Posterize((int) magnitude).apply(pixels);
      case SOLARIZE -> new Solarize(magnitude).apply(pixels);
      case AUTO_CONTRAST -> new AutoContrast().apply(pixels);
      case EQUALIZE -> new Equalize().apply(pixels);
    };
  }
}
