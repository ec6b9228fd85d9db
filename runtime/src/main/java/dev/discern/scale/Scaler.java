package dev.discern.scale;

/**
 * Scales images of 8 bits with antialiasing: first along rows, then along columns, rounding to 8
 * bits in between, as Pillow does. Only what the window needs is computed.
 */
public final class Scaler {
  private Scaler() {}

  /**
   * Crops, scales and keeps a window.
   *
   * @param image the image; not changed
   * @param plan the rectangle, the size to scale it to, and the window; no pixel outside the
   *     rectangle is used
   * @param filter the kernel
   * @return new pixels of the window's size, within 1 of 255 of Pillow's
   */
  public static Bitmap scale(Bitmap image, CenterPlan plan, Filter filter) {
    Box source = plan.source();
    Box window = plan.window();
    if (plan.height() == source.height() && plan.width() == source.width()) {
      return crop(image, source.top() + window.top(), source.left() + window.left(), window);
    }
    Weights across =
        Weights.of(filter, source.width(), plan.width(), window.left(), window.width());
    Weights down =
        Weights.of(filter, source.height(), plan.height(), window.top(), window.height());
    int firstRow = down.first()[0];
    int[] rows = alongRows(image, source, across, firstRow, down.end());
    byte[] data = alongColumns(rows, down, firstRow, window.width() * image.channels());
    return new Bitmap(window.height(), window.width(), image.channels(), data);
  }

  /**
   * Scales a whole image.
   *
   * @param image the image; not changed
   * @param height rows of the result
   * @param width columns of the result
   * @param filter the kernel
   * @return the image itself if it has that size
   */
  public static Bitmap scale(Bitmap image, int height, int width, Filter filter) {
    if (image.height() == height && image.width() == width) {
      return image;
    }
    Box source = new Box(0, 0, image.height(), image.width());
    return scale(
        image, new CenterPlan(source, height, width, new Box(0, 0, height, width)), filter);
  }

  private static Bitmap crop(Bitmap image, int top, int left, Box window) {
    int channels = image.channels();
    int row = window.width() * channels;
    byte[] data = new byte[window.height() * row];
    for (int y = 0; y < window.height(); y++) {
      int from = ((top + y) * image.width() + left) * channels;
      System.arraycopy(image.data(), from, data, y * row, row);
    }
    return new Bitmap(window.height(), window.width(), channels, data);
  }

  // Rows of int, because loops over int compile to vector instructions.
  private static int[] alongRows(Bitmap image, Box source, Weights across, int from, int to) {
    int channels = image.channels();
    int row = across.first().length * channels;
    int[] rows = new int[(to - from) * row];
    for (int y = from; y < to; y++) {
      int start = ((source.top() + y) * image.width() + source.left()) * channels;
      if (channels == 3) {
        colorRow(image.data(), start, across, rows, (y - from) * row);
      } else {
        grayRow(image.data(), start, across, rows, (y - from) * row);
      }
    }
    return rows;
  }

  private static void colorRow(byte[] data, int start, Weights across, int[] rows, int out) {
    int[] values = across.values();
    for (int p = 0; p < across.first().length; p++) {
      int red = Weights.HALF;
      int green = Weights.HALF;
      int blue = Weights.HALF;
      int at = start + 3 * across.first()[p];
      int first = p * across.stride();
      for (int k = first; k < first + across.count()[p]; k++, at += 3) {
        int weight = values[k];
        red += weight * (data[at] & 0xff);
        green += weight * (data[at + 1] & 0xff);
        blue += weight * (data[at + 2] & 0xff);
      }
      rows[out + 3 * p] = clipped(red);
      rows[out + 3 * p + 1] = clipped(green);
      rows[out + 3 * p + 2] = clipped(blue);
    }
  }

  private static void grayRow(byte[] data, int start, Weights across, int[] rows, int out) {
    for (int p = 0; p < across.first().length; p++) {
      int sum = Weights.HALF;
      int at = start + across.first()[p];
      int first = p * across.stride();
      for (int k = first; k < first + across.count()[p]; k++, at++) {
        sum += across.values()[k] * (data[at] & 0xff);
      }
      rows[out + p] = clipped(sum);
    }
  }

  private static byte[] alongColumns(int[] rows, Weights down, int firstRow, int row) {
    byte[] data = new byte[down.first().length * row];
    int[] sums = new int[row];
    for (int p = 0; p < down.first().length; p++) {
      java.util.Arrays.fill(sums, Weights.HALF);
      for (int k = 0; k < down.count()[p]; k++) {
        int from = (down.first()[p] - firstRow + k) * row;
        add(sums, rows, from, down.values()[p * down.stride() + k]);
      }
      for (int x = 0; x < row; x++) {
        data[p * row + x] = (byte) clipped(sums[x]);
      }
    }
    return data;
  }

  private static void add(int[] sums, int[] rows, int from, int weight) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] += weight * rows[from + x];
    }
  }

  private static int clipped(int sum) {
    int value = sum >> Weights.BITS;
    return value < 0 ? 0 : Math.min(value, 255);
  }
}
