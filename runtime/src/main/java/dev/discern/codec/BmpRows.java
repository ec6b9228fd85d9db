package dev.discern.codec;

import java.nio.ByteBuffer;

/** Decodes the rows of a bitmap in the order of the file. */
final class BmpRows {
  private final BmpFile header;
  private final ByteBuffer data;
  private final int stride;
  private final byte[] indices;
  private int rowsToSkip;
  private int column;

  /**
   * Starts at the first row.
   *
   * @param header the header
   * @param data the file, starting at its pixels, little-endian
   */
  BmpRows(BmpFile header, ByteBuffer data) throws BadImage {
    this.header = header;
    this.data = data;
    stride = Math.toIntExact(((long) header.width() * header.bits() + 31) / 32 * 4);
    indices = new byte[header.bits() <= 8 ? header.width() : 0];
    boolean coded = header.compression() == 1 || header.compression() == 2;
    if (!coded && (long) stride * header.height() > data.limit() + 3L) {
      throw BadImage.cut("BMP");
    }
  }

  /** Decodes the next row to red, green, blue. */
  void next(byte[] row) throws BadImage {
    switch (header.compression()) {
      case 1, 2 -> {
        runs();
        colors(row);
      }
      default -> {
        int start = data.position();
        plain(start, row);
        data.position(Math.min(start + stride, data.limit()));
      }
    }
  }

  private void plain(int start, byte[] row) throws BadImage {
    try {
      switch (header.bits()) {
        case 16, 32 -> fields(start, row);
        case 24 -> {
          data.get(start, row);
          swap(row);
        }
        default -> {
          unpack(start);
          colors(row);
        }
      }
    } catch (IndexOutOfBoundsException e) {
      throw BadImage.cut("BMP");
    }
  }

  private static void swap(byte[] row) {
    for (int k = 0; k < row.length; k += 3) {
      byte blue = row[k];
      row[k] = row[k + 2];
      row[k + 2] = blue;
    }
  }

  private void unpack(int start) {
    int bits = header.bits();
    for (int x = 0; x < indices.length; x++) {
      int bit = x * bits;
      int value = data.get(start + bit / 8) & 0xff;
      indices[x] = (byte) (value >> (8 - bits - bit % 8) & ((1 << bits) - 1));
    }
  }

  private void colors(byte[] row) {
    for (int x = 0; x < indices.length; x++) {
      int color = header.palette()[indices[x] & 0xff];
      row[3 * x] = (byte) (color >> 16);
      row[3 * x + 1] = (byte) (color >> 8);
      row[3 * x + 2] = (byte) color;
    }
  }

  private void fields(int start, byte[] row) {
    int[] masks = header.masks();
    for (int x = 0; x < header.width(); x++) {
      int pixel =
          header.bits() == 16 ? data.getShort(start + 2 * x) & 0xffff : data.getInt(start + 4 * x);
      int alpha = masks[3] == 0 ? 255 : field(pixel, masks[3]);
      for (int c = 0; c < 3; c++) {
        row[3 * x + c] = (byte) Samples.onWhite(field(pixel, masks[c]), alpha, 255);
      }
    }
  }

  private static int field(int pixel, int mask) {
    if (mask == 0) {
      return 0;
    }
    int shift = Integer.numberOfTrailingZeros(mask);
    long largest = Integer.toUnsignedLong(mask >>> shift);
    long value = Integer.toUnsignedLong((pixel & mask) >>> shift);
    return (int) (value * 255 / largest); // rounded down, as Pillow does
  }

  // Runs of one value, or of literal ones; escapes end the row, end the picture, or move on.
  private void runs() throws BadImage {
    java.util.Arrays.fill(indices, (byte) 0);
    if (rowsToSkip > 0) {
      rowsToSkip--;
      if (rowsToSkip > 0) {
        return;
      }
    }
    while (true) {
      int count = unsigned();
      int value = unsigned();
      if (count > 0) {
        run(count, value);
      } else if (value == 0) {
        column = 0;
        return;
      } else if (value == 1) {
        rowsToSkip = Integer.MAX_VALUE;
        return;
      } else if (value == 2) {
        column += unsigned();
        rowsToSkip = unsigned();
        if (rowsToSkip > 0) {
          return;
        }
      } else {
        literal(value);
      }
    }
  }

  private void run(int count, int value) {
    for (int k = 0; k < count; k++) {
      put(header.compression() == 1 ? value : k % 2 == 0 ? value >> 4 : value & 0xf);
    }
  }

  private void literal(int count) throws BadImage {
    int value = 0;
    boolean bytes = header.compression() == 1;
    for (int k = 0; k < count; k++) {
      if (bytes || k % 2 == 0) {
        value = unsigned();
      }
      put(bytes ? value : k % 2 == 0 ? value >> 4 : value & 0xf);
    }
    // Literals fill whole words.
    int read = bytes ? count : (count + 1) / 2;
    if (read % 2 == 1) {
      unsigned();
    }
  }

  private void put(int value) {
    if (column < indices.length) {
      indices[column] = (byte) value;
    }
    column++;
  }

  private int unsigned() throws BadImage {
    if (!data.hasRemaining()) {
      throw BadImage.cut("BMP");
    }
    return data.get() & 0xff;
  }
}
