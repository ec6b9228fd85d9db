package dev.discern.view;

/**
 * The strength of a policy's operations at each of 31 levels: torchvision's {@code
 * _augmentation_space}, except for the rounding of its float32.
 *
 * @param shear the strongest shear, a tangent
 * @param translateX the largest translation, columns
 * @param translateY the largest translation, rows
 * @param degrees the largest rotation
 * @param enhance the strongest change of brightness, color, contrast and sharpness
 * @param bits the maximum number of bits that posterizing removes
 */
record Magnitudes(
    double shear, double translateX, double translateY, double degrees, double enhance, int bits) {
  /** The highest level; the lowest is 0. */
  static final int HIGHEST = 30;

  /** The magnitudes of TrivialAugment's wide space. */
  static final Magnitudes WIDE = new Magnitudes(0.99, 32, 32, 135, 0.99, 6);

  /** The magnitudes of RandAugment, for images of a given size. */
  static Magnitudes ofRandAugment(int height, int width) {
    return new Magnitudes(0.3, 150.0 / 331 * width, 150.0 / 331 * height, 30, 0.9, 4);
  }

  double at(PolicyOperation operation, int level) {
    return switch (operation) {
      case IDENTITY, AUTO_CONTRAST, EQUALIZE -> 0;
      case SHEAR_X, SHEAR_Y -> part(shear, level);
      case TRANSLATE_X -> part(translateX, level);
      case TRANSLATE_Y -> part(translateY, level);
      case ROTATE -> part(degrees, level);
      case BRIGHTNESS, COLOR, CONTRAST, SHARPNESS -> part(enhance, level);
      case POSTERIZE -> 8 - Math.rint((double) bits * level / HIGHEST);
      case SOLARIZE -> 255 - part(255, level);
    };
  }

  private static double part(double most, int level) {
    return most * level / HIGHEST;
  }
}
