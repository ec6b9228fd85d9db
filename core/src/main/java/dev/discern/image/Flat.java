package dev.discern.image;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import dev.discern.codec.BadImage;
import dev.discern.codec.Samples;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/** Converts OpenCV's unchanged output to 8 bits without transparency, one row at a time. */
final class Flat {
  private static final int WHITE = 255;

  private Flat() {}

  /**
   * Composites an image on white and scales 16 bits to 8.
   *
   * @param raw 8 or 16 bits; gray, or blue, green, red with or without alpha; freed
   * @param greyKey the gray value that is transparent; -1 for none
   * @return 1 channel, or red, green, blue
   * @throws BadImage if the image has another number of channels
   */
  static Mat rgb(Mat raw, int greyKey) throws BadImage {
    int channels = raw.channels();
    boolean wide = raw.depth() == CV_16U;
    if (channels == 1 && !wide && greyKey < 0) {
      return raw;
    }
    if (channels == 3 && !wide) {
      opencv_imgproc.cvtColor(raw, raw, opencv_imgproc.COLOR_BGR2RGB);
      return raw;
    }
    if (channels == 2 || channels > 4) {
      throw new BadImage("has " + channels + " channels. Convert it to RGB");
    }
    Mat flat = new Mat(raw.rows(), raw.cols(), channels == 1 ? CV_8UC1 : CV_8UC3);
    int[] samples = new int[raw.cols() * channels];
    byte[] row = new byte[raw.cols() * flat.channels()];
    for (int y = 0; y < raw.rows(); y++) {
      samples(raw, y, wide, samples);
      if (channels == 1) {
        grey(samples, greyKey, wide, row);
      } else {
        color(samples, channels, wide ? 65535 : 255, row);
      }
      putRow(flat, y, row);
    }
    raw.close();
    return flat;
  }

  /** Writes a row of an 8-bit image. */
  static void putRow(Mat image, int y, byte[] row) {
    try (BytePointer to = image.ptr(y)) {
      to.put(row, 0, row.length);
    }
  }

  private static void samples(Mat raw, int y, boolean wide, int[] samples) {
    try (BytePointer from = raw.ptr(y)) {
      ByteBuffer bytes = from.capacity(samples.length * (wide ? 2L : 1L)).asByteBuffer();
      ShortBuffer shorts = bytes.order(ByteOrder.nativeOrder()).asShortBuffer();
      for (int k = 0; k < samples.length; k++) {
        samples[k] = wide ? shorts.get(k) & 0xffff : bytes.get(k) & 0xff;
      }
    }
  }

  private static void grey(int[] samples, int key, boolean wide, byte[] row) {
    for (int x = 0; x < row.length; x++) {
      int value = samples[x];
      row[x] = (byte) (value == key ? WHITE : wide ? Samples.narrow(value) : value);
    }
  }

  private static void color(int[] samples, int channels, int opaque, byte[] row) {
    for (int in = 0, out = 0; out < row.length; in += channels, out += 3) {
      int alpha = channels == 4 ? samples[in + 3] : opaque;
      for (int c = 0; c < 3; c++) {
        row[out + c] = (byte) Samples.onWhite(samples[in + 2 - c], alpha, opaque);
      }
    }
  }
}
