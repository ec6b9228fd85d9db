package dev.discern.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The header of a GIF file (GIF89a) and of its first frame.
 *
 * @param width columns of the canvas
 * @param height rows of the canvas
 * @param left the frame's first column on the canvas
 * @param top the frame's first row on the canvas
 * @param frameWidth columns of the frame
 * @param frameHeight rows of the frame
 * @param interlaced whether rows come in four passes
 * @param palette red, green, blue in the low 24 bits
 * @param transparent the index that is transparent; -1 for none
 * @param background the color of the canvas outside the frame
 * @param pixels the offset of the pixels
 */
@SuppressWarnings("ArrayRecordComponent") // a parsed header, never compared
public record GifFile(
    int width,
    int height,
    int left,
    int top,
    int frameWidth,
    int frameHeight,
    boolean interlaced,
    int[] palette,
    int transparent,
    int background,
    int pixels)
    implements Picture.Drawn {
  private static final int WHITE = 0xffffff;
  private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

  /**
   * Reads the header.
   *
   * @param file starts as a GIF file
   * @return the header
   * @throws BadImage if it is truncated or damaged
   */
  static GifFile of(ByteBuffer file) throws BadImage {
    try {
      return new GifHeader(file.order(ByteOrder.LITTLE_ENDIAN)).read();
    } catch (IndexOutOfBoundsException e) {
      throw BadImage.cut("GIF");
    }
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
    byte[] row = new byte[3 * width];
    int[] colors = new int[width];
    Arrays.fill(colors, background);
    paint(colors, row);
    for (int y = 0; y < height; y++) {
      canvas.row(y, 0, row);
    }
    byte[] indices = new byte[frameWidth];
    GifLzw lzw = new GifLzw(file.duplicate(), pixels);
    for (int k = 0; k < frameHeight; k++) {
      lzw.read(indices);
      int y = top + (interlaced ? interlacedRow(k) : k);
      for (int x = 0; x < frameWidth; x++) {
        int index = indices[x] & 0xff;
        colors[left + x] = index == transparent ? WHITE : palette[index];
      }
      paint(colors, row);
      canvas.row(y, 0, row);
    }
  }

  private static void paint(int[] colors, byte[] row) {
    for (int x = 0; x < colors.length; x++) {
      row[3 * x] = (byte) (colors[x] >> 16);
      row[3 * x + 1] = (byte) (colors[x] >> 8);
      row[3 * x + 2] = (byte) colors[x];
    }
  }

  private int interlacedRow(int k) {
    int before = 0;
    for (int[] pass : PASSES) {
      int rows = Math.max(0, (frameHeight - pass[0] + pass[1] - 1) / pass[1]);
      if (k < before + rows) {
        return pass[0] + (k - before) * pass[1];
      }
      before += rows;
    }
    throw new IllegalArgumentException("Row " + k + " of " + frameHeight);
  }
}
