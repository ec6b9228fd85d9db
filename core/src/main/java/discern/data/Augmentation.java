package discern.data;

import java.util.SplittableRandom;

/**
 * Random crop and mirroring, as the CIFAR recipes have it: pad with black, cut the old size out
 * anywhere, mirror half of the images.
 *
 * @param cropPadding pixels of padding on each side; 0 is no crop
 * @param flip whether to mirror
 */
public record Augmentation(int cropPadding, boolean flip) {
  /** Leaves images as they are. */
  static final Augmentation NONE = new Augmentation(0, false);

  /**
   * Writes an image, augmented and normalised.
   *
   * @param pixels {@code [C, H, W]}, unsigned bytes
   * @param shape its shape
   * @param table normalised values by channel and byte
   * @param random drawn from alike for every image, whatever is switched on
   * @param target receives {@code [C, H, W]}
   * @param offset where in the target
   */
  void apply(
      byte[] pixels,
      ImageShape shape,
      float[][] table,
      SplittableRandom random,
      float[] target,
      int offset) {
    int dy = random.nextInt(2 * cropPadding + 1) - cropPadding;
    int dx = random.nextInt(2 * cropPadding + 1) - cropPadding;
    boolean mirrored = random.nextBoolean() && flip;
    int rows = shape.channels() * shape.height();
    for (int row = 0; row < rows; row++) {
      int channel = row / shape.height();
      int y = row % shape.height() + dy;
      int from = y < 0 || y >= shape.height() ? -1 : (channel * shape.height() + y) * shape.width();
      writeRow(
          pixels, from, dx, mirrored, table[channel], target, offset + row * shape.width(), shape);
    }
  }

  private static void writeRow(
      byte[] pixels,
      int from,
      int dx,
      boolean mirrored,
      float[] table,
      float[] target,
      int to,
      ImageShape shape) {
    int width = shape.width();
    int step = mirrored ? -1 : 1;
    int at = mirrored ? to + width - 1 : to;
    for (int x = dx; x < width + dx; x++) {
      boolean inside = from >= 0 && x >= 0 && x < width;
      target[at] = table[inside ? pixels[from + x] & 0xff : 0];
      at += step;
    }
  }
}
