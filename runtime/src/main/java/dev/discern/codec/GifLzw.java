package dev.discern.codec;

import java.nio.ByteBuffer;

/** Decodes the pixels of a GIF frame: LZW codes of 3 to 12 bits, lowest bit first, in blocks. */
final class GifLzw {
  private static final int MAX_CODES = 4096;

  private final ByteBuffer file;
  private final int clear;
  private final short[] prefix = new short[MAX_CODES];
  private final byte[] last = new byte[MAX_CODES];
  private final byte[] stack = new byte[MAX_CODES + 1];
  private int stacked;
  private int at;
  private int blockLeft;
  private int bits;
  private int bitCount;
  private int codeBits;
  private int codes;
  private int previous = -1;
  private int first;

  GifLzw(ByteBuffer file, int start) throws BadImage {
    this.file = file;
    at = start;
    int minimum = next();
    if (minimum < 1 || minimum > 11) {
      throw BadImage.damaged("its GIF code size is wrong");
    }
    clear = 1 << minimum;
    for (int k = 0; k < clear; k++) {
      last[k] = (byte) k;
    }
    reset();
  }

  private void reset() {
    codeBits = Integer.numberOfTrailingZeros(clear) + 1;
    codes = clear + 2;
    previous = -1;
  }

  /** Fills a row of palette indices. */
  void read(byte[] row) throws BadImage {
    for (int x = 0; x < row.length; x++) {
      while (stacked == 0) {
        expand(code());
      }
      row[x] = stack[--stacked];
    }
  }

  private void expand(int code) throws BadImage {
    if (code == clear) {
      reset();
      return;
    }
    if (code == clear + 1) {
      throw BadImage.cut("GIF");
    }
    if (code > codes || (code == codes && previous < 0)) {
      throw BadImage.damaged("its GIF pixels are not LZW codes");
    }
    int k = code;
    if (code == codes) {
      stack[stacked++] = (byte) first;
      k = previous;
    }
    for (; k >= clear; k = prefix[k]) {
      stack[stacked++] = last[k];
    }
    first = k;
    stack[stacked++] = (byte) k;
    if (previous >= 0 && codes < MAX_CODES) {
      prefix[codes] = (short) previous;
      last[codes++] = (byte) first;
      if (codes == 1 << codeBits && codeBits < 12) {
        codeBits++;
      }
    }
    previous = code;
  }

  private int code() throws BadImage {
    while (bitCount < codeBits) {
      if (blockLeft == 0) {
        blockLeft = next();
        if (blockLeft == 0) {
          throw BadImage.cut("GIF");
        }
      }
      bits |= next() << bitCount;
      bitCount += 8;
      blockLeft--;
    }
    int code = bits & ((1 << codeBits) - 1);
    bits >>>= codeBits;
    bitCount -= codeBits;
    return code;
  }

  private int next() throws BadImage {
    if (at >= file.limit()) {
      throw BadImage.cut("GIF");
    }
    return file.get(at++) & 0xff;
  }
}
