package dev.discern.codec;

import java.nio.ByteBuffer;

/**
 * LZW as TIFF has it (TIFF 6.0, section 13): codes of 9 to 12 bits, highest bit first, which grow
 * one code earlier than GIF's.
 */
final class TiffLzw implements TiffRows {
  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int MAX_CODES = 4096;

  private final ByteBuffer data;
  private final short[] prefix = new short[MAX_CODES];
  private final byte[] last = new byte[MAX_CODES];
  private final byte[] stack = new byte[MAX_CODES + 1];
  private int stacked;
  private int bits;
  private int bitCount;
  private int codes = END + 1;
  private int previous = -1;
  private int first;

  TiffLzw(ByteBuffer data) throws BadImage {
    this.data = data;
    if (data.limit() > 1 && data.get(0) == 0 && (data.get(1) & 1) == 1) {
      throw BadImage.unread("a TIFF in LZW compression of before 1992");
    }
    for (int k = 0; k < CLEAR; k++) {
      last[k] = (byte) k;
    }
  }

  @Override
  public void read(byte[] row) throws BadImage {
    for (int x = 0; x < row.length; x++) {
      while (stacked == 0) {
        expand(code());
      }
      row[x] = stack[--stacked];
    }
  }

  private void expand(int code) throws BadImage {
    if (code == CLEAR) {
      codes = END + 1;
      previous = -1;
      return;
    }
    if (code == END) {
      throw BadImage.cut("TIFF");
    }
    if (code > codes || (code >= codes && previous < 0)) {
      throw BadImage.damaged("its pixels are not LZW codes");
    }
    int k = code;
    if (code == codes) {
      stack[stacked++] = (byte) first;
      k = previous;
    }
    for (; k > END; k = prefix[k]) {
      stack[stacked++] = last[k];
    }
    first = k;
    stack[stacked++] = (byte) k;
    if (previous >= 0 && codes < MAX_CODES) {
      prefix[codes] = (short) previous;
      last[codes++] = (byte) first;
    }
    previous = code;
  }

  private int code() throws BadImage {
    int width = codes < 511 ? 9 : codes < 1023 ? 10 : codes < 2047 ? 11 : 12;
    while (bitCount < width) {
      if (!data.hasRemaining()) {
        throw BadImage.cut("TIFF");
      }
      bits = (bits << 8) | (data.get() & 0xff);
      bitCount += 8;
    }
    bitCount -= width;
    return (bits >>> bitCount) & ((1 << width) - 1);
  }
}
