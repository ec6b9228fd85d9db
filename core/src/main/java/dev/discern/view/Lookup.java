package dev.discern.view;

import dev.discern.image.Pixels;
import java.util.function.IntUnaryOperator;

/** Changes that depend on one value at a time, as tables of 256 values. */
final class Lookup {
  private Lookup() {}

  /** Tabulates a function of 0 to 255; its values are clipped to that range. */
  static byte[] table(IntUnaryOperator function) {
    byte[] table = new byte[256];
    for (int value = 0; value < 256; value++) {
      table[value] = (byte) clip(function.applyAsInt(value));
    }
    return table;
  }

  static int clip(int value) {
    return Math.max(0, Math.min(255, value));
  }

  /** Maps every value through one table, in place. */
  static Pixels map(Pixels pixels, byte[] table) {
    byte[] data = pixels.data();
    for (int i = 0; i < data.length; i++) {
      data[i] = table[data[i] & 0xff];
    }
    return pixels;
  }

  /** Creates a table from each channel's histogram, and maps the channel through it, in place. */
  static Pixels mapEachChannel(Pixels pixels, ToTable toTable) {
    byte[] data = pixels.data();
    int channels = pixels.channels();
    for (int c = 0; c < channels; c++) {
      byte[] table = toTable.apply(histogram(data, c, channels));
      for (int i = c; i < data.length; i += channels) {
        data[i] = table[data[i] & 0xff];
      }
    }
    return pixels;
  }

  /** Creates a table from the number of pixels of each value. */
  interface ToTable {
    byte[] apply(int[] histogram);
  }

  private static int[] histogram(byte[] data, int channel, int channels) {
    int[] histogram = new int[256];
    for (int i = channel; i < data.length; i += channels) {
      histogram[data[i] & 0xff]++;
    }
    return histogram;
  }
}
