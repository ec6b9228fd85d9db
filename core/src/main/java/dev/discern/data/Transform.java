package dev.discern.data;

import dev.discern.image.ImageShape;
import java.util.SplittableRandom;

/**
 * Turns bytes into normalised floats, moved and mirrored, in one pass: a table look-up a pixel, and
 * no test inside a row.
 */
final class Transform {
  private final ImageShape shape;
  private final float[][] tables;

  Transform(ImageShape shape, Normalization normalization) {
    this.shape = shape;
    tables = normalization.tables();
    if (tables.length != shape.channels()) {
      throw new IllegalArgumentException(
          "Statistics of " + tables.length + " channels do not fit images of " + shape + ".");
    }
  }

  /**
   * One image's random choices.
   *
   * @param down rows that the crop window moves down: output row y shows input row y + down
   * @param right columns that it moves right
   * @param flip whether the crop is mirrored
   */
  record Draw(int down, int right, boolean flip) {
    static final Draw NONE = new Draw(0, 0, false);

    static Draw from(SplittableRandom random, Augmentation augmentation) {
      int padding = augmentation.cropPadding();
      int down = padding == 0 ? 0 : random.nextInt(-padding, padding + 1);
      int right = padding == 0 ? 0 : random.nextInt(-padding, padding + 1);
      return new Draw(down, right, augmentation.flip() && random.nextBoolean());
    }
  }

  /**
   * Writes one image.
   *
   * @param image {@code [C, H, W]}, unsigned
   * @param out receives the floats; must be 0 there, which is what pixels outside the image stay
   * @param offset where in {@code out} the image starts
   * @param draw its random choices
   */
  void apply(byte[] image, float[] out, int offset, Draw draw) {
    int height = shape.height();
    int width = shape.width();
    int firstRow = Math.max(0, -draw.down());
    int lastRow = Math.min(height, height - draw.down());
    int first = Math.max(0, -draw.right());
    int last = Math.min(width, width - draw.right());
    for (int c = 0; c < shape.channels(); c++) {
      float[] table = tables[c];
      for (int y = firstRow; y < lastRow; y++) {
        int from = (c * height + y + draw.down()) * width + first + draw.right();
        int row = offset + (c * height + y) * width;
        if (draw.flip()) {
          mirrored(image, from, out, row + width - 1 - first, last - first, table);
        } else {
          straight(image, from, out, row + first, last - first, table);
        }
      }
    }
  }

  private static void straight(byte[] in, int from, float[] out, int to, int n, float[] table) {
    for (int x = 0; x < n; x++) {
      out[to + x] = table[in[from + x] & 0xff];
    }
  }

  private static void mirrored(byte[] in, int from, float[] out, int to, int n, float[] table) {
    for (int x = 0; x < n; x++) {
      out[to - x] = table[in[from + x] & 0xff];
    }
  }
}
