package dev.discern.codec;

import java.nio.ByteBuffer;

/**
 * The header of a PNG file (ISO/IEC 15948).
 *
 * @param width columns as stored
 * @param height rows as stored
 * @param depth bits per sample
 * @param color color type: 0 gray, 2 RGB, 3 palette, 4 gray with alpha, 6 RGB with alpha
 * @param transparent whether a tRNS chunk names transparent colors
 * @param greyKey the one gray value that is transparent, as decoded; -1 for none
 * @param orientation the EXIF orientation
 */
public record PngFile(
    int width, int height, int depth, int color, boolean transparent, int greyKey, int orientation)
    implements Picture {
  private static final int GREY = 0;
  private static final int PALETTE = 3;

  /**
   * Reads the header.
   *
   * @param file starts as a PNG
   * @return the header
   * @throws BadImage if it is truncated or damaged
   */
  static PngFile of(ByteBuffer file) throws BadImage {
    PngChunks chunks = new PngChunks(file);
    if (!chunks.next().equals("IHDR") || chunks.content().limit() != 13) {
      throw BadImage.damaged("it does not start with a PNG header");
    }
    ByteBuffer header = chunks.content();
    int depth = header.get(8);
    int color = header.get(9);
    boolean interlace = (header.get(12) & ~1) == 0;
    if (!known(color, depth) || header.get(10) != 0 || header.get(11) != 0 || !interlace) {
      throw BadImage.damaged("its header names an unknown kind of PNG");
    }
    return rest(chunks, header, depth, color);
  }

  private static PngFile rest(PngChunks chunks, ByteBuffer header, int depth, int color)
      throws BadImage {
    int orientation = 1;
    int greyKey = -1;
    boolean transparent = false;
    boolean palette = false;
    boolean pixels = false;
    for (String type = chunks.next(); !type.equals("IEND"); type = chunks.next()) {
      ByteBuffer content = chunks.content();
      switch (type) {
        case "PLTE" -> palette = true;
        case "IDAT" -> pixels = true;
        case "eXIf" -> orientation = Exif.orientation(content);
        case "tRNS" -> {
          transparent = true;
          if (color == GREY && content.limit() == 2) {
            int key = content.getShort(0) & 0xffff;
            greyKey = depth >= 8 ? key : key * 255 / ((1 << depth) - 1);
          }
        }
        default -> {}
      }
    }
    if (!pixels || (color == PALETTE && !palette)) {
      throw BadImage.damaged("it is a PNG file without a picture");
    }
    return new PngFile(
        header.getInt(0), header.getInt(4), depth, color, transparent, greyKey, orientation);
  }

  private static boolean known(int color, int depth) {
    return switch (color) {
      case GREY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
      case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
      case 2, 4, 6 -> depth == 8 || depth == 16;
      default -> false;
    };
  }

  /**
   * Whether decoding gives red, green and blue without transparency.
   *
   * @return false for gray too
   */
  public boolean plainColor() {
    return depth <= 8 && (color == 2 || color == PALETTE) && !transparent;
  }

  @Override
  public long nativeBytes() {
    int channels = color == GREY ? 1 : plainColor() ? 3 : 4;
    return (long) width * height * channels * (depth == 16 ? 2 : 1);
  }

  /**
   * Checks all checksums, and compacts the file to the chunks that carry pixels.
   *
   * @param file the whole file; changed in place
   * @return its new length
   * @throws BadImage if the file is truncated or a checksum is wrong
   */
  public static int keepPixels(ByteBuffer file) throws BadImage {
    return PngChunks.keepPixels(file);
  }
}
