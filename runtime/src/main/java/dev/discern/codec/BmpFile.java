package dev.discern.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The header of a Windows bitmap with an info header of any version, or OS/2's core header.
 *
 * @param width columns
 * @param height rows
 * @param topDown whether the first row comes first
 * @param bits per pixel: 1, 4, 8, 16, 24 or 32
 * @param compression 0 none, 1 RLE8, 2 RLE4, 3 bit fields
 * @param pixels the offset of the pixels
 * @param palette red, green, blue in the low 24 bits
 * @param masks of red, green, blue, alpha; for 16 and 32 bits
 */
@SuppressWarnings("ArrayRecordComponent") // a parsed header, never compared
public record BmpFile(
    int width,
    int height,
    boolean topDown,
    int bits,
    int compression,
    int pixels,
    int[] palette,
    int[] masks)
    implements Picture.Drawn {
  private static final int FILE_HEADER = 14;
  private static final int CORE = 12;
  private static final int INFO = 40;
  private static final int FIELDS = 3;
  private static final int ALPHA_FIELDS = 6;

  /**
   * Reads the header.
   *
   * @param file starts as a BMP file
   * @return the header
   * @throws BadImage if it is truncated, damaged, or an unsupported variant
   */
  static BmpFile of(ByteBuffer file) throws BadImage {
    file.order(ByteOrder.LITTLE_ENDIAN);
    try {
      return read(file);
    } catch (IndexOutOfBoundsException e) {
      throw BadImage.cut("BMP");
    }
  }

  private static BmpFile read(ByteBuffer file) throws BadImage {
    int size = file.getInt(FILE_HEADER);
    boolean core = size == CORE;
    if (!core && (size < INFO || size > 1024)) {
      throw BadImage.damaged("its BMP header is wrong");
    }
    int width = core ? file.getShort(18) & 0xffff : file.getInt(18);
    int height = core ? file.getShort(20) & 0xffff : file.getInt(22);
    int bits = file.getShort(core ? 24 : 28);
    int compression = core ? 0 : file.getInt(30);
    if (!known(bits, compression)) {
      throw BadImage.unread("a BMP of " + bits + " bits in compression " + compression);
    }
    if (height == Integer.MIN_VALUE) {
      throw BadImage.damaged("its BMP header is wrong");
    }
    int colors = core ? 0 : file.getInt(46);
    return new BmpFile(
        width,
        Math.abs(height),
        height < 0,
        bits,
        compression == ALPHA_FIELDS ? FIELDS : compression,
        file.getInt(10),
        bits <= 8 ? palette(file, FILE_HEADER + size, core ? 3 : 4, colors, bits) : new int[0],
        bits == 16 || bits == 32 ? masks(file, size, bits, compression) : new int[4]);
  }

  private static boolean known(int bits, int compression) {
    return switch (compression) {
      case 0 -> bits == 1 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
      case 1 -> bits == 8;
      case 2 -> bits == 4;
      case FIELDS, ALPHA_FIELDS -> bits == 16 || bits == 32;
      default -> false;
    };
  }

  // Indices beyond the palette are black.
  private static int[] palette(ByteBuffer file, int start, int stride, int colors, int bits) {
    int[] palette = new int[1 << bits];
    int count = colors <= 0 || colors > palette.length ? palette.length : colors;
    int room = (file.getInt(10) - start) / stride;
    for (int k = 0; k < Math.min(count, Math.max(0, room)); k++) {
      int at = start + k * stride;
      palette[k] = (byteAt(file, at + 2) << 16) | (byteAt(file, at + 1) << 8) | byteAt(file, at);
    }
    return palette;
  }

  private static int byteAt(ByteBuffer file, int at) {
    return file.get(at) & 0xff;
  }

  private static int[] masks(ByteBuffer file, int size, int bits, int compression) {
    if (compression == 0) {
      return bits == 16
          ? new int[] {0x7c00, 0x3e0, 0x1f, 0}
          : new int[] {0xff0000, 0xff00, 0xff, 0};
    }
    int start = FILE_HEADER + INFO;
    boolean alpha = compression == ALPHA_FIELDS || size >= 56;
    return new int[] {
      file.getInt(start),
      file.getInt(start + 4),
      file.getInt(start + 8),
      alpha ? file.getInt(start + 12) : 0
    };
  }

  @Override
  public int orientation() {
    return 1;
  }

  @Override
  public long nativeBytes() {
    return 3L * width * height;
  }

  @Override
  public int channels() {
    return 3;
  }

  @Override
  public void draw(ByteBuffer file, Canvas canvas, JpegDecoder jpeg) throws BadImage {
    ByteBuffer bytes = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (pixels < FILE_HEADER || pixels > bytes.limit()) {
      throw BadImage.cut("BMP");
    }
    BmpRows rows = new BmpRows(this, bytes.position(pixels).slice().order(ByteOrder.LITTLE_ENDIAN));
    byte[] row = new byte[3 * width];
    for (int k = 0; k < height; k++) {
      rows.next(row);
      canvas.row(topDown ? k : height - 1 - k, 0, row);
    }
  }
}
