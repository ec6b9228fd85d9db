package dev.discern.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Walks the chunks of a PNG file (ISO/IEC 15948) with their checksums, and keeps those that carry
 * pixels: colour profiles and text make the native decoder talk, animation frames are not wanted.
 */
final class PngFile {
  private static final int SIGNATURE = 8;
  private static final int GREY = 0;
  private static final int PALETTE = 3;
  private static final Set<String> KEPT = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");
  private static final String REPAIR = ". Fetch it again, or remove it";

  private final ByteBuffer file;
  private final ByteArrayOutputStream slim = new ByteArrayOutputStream();
  private int width;
  private int height;
  private int depth;
  private int colour = -1;
  private int greyKey = -1;
  private boolean hasPalette;
  private boolean hasPixels;

  private PngFile(byte[] file) {
    this.file = ByteBuffer.wrap(file);
  }

  /**
   * Checks a file that starts as a PNG.
   *
   * @param file all bytes
   * @return the image
   * @throws BadImage if it is cut or damaged
   */
  static EncodedImage check(byte[] file) throws BadImage {
    PngFile walk = new PngFile(file);
    walk.keep(0, SIGNATURE);
    walk.file.position(SIGNATURE);
    while (walk.chunk()) {}
    if (!walk.hasPixels || (walk.colour == PALETTE && !walk.hasPalette)) {
      throw new BadImage("is a PNG file without a picture" + REPAIR);
    }
    return new EncodedImage(walk.slim.toByteArray(), false, walk.width, walk.height, walk.greyKey);
  }

  // Steps over one chunk; false after the last.
  private boolean chunk() throws BadImage {
    int start = file.position();
    if (file.remaining() < 12) {
      throw cut();
    }
    int length = file.getInt();
    if (length < 0 || length > file.remaining() - 8) {
      throw cut();
    }
    String type = new String(file.array(), start + 4, 4, StandardCharsets.ISO_8859_1);
    CRC32 sum = new CRC32();
    sum.update(file.array(), start + 4, length + 4);
    if (file.getInt(start + 8 + length) != (int) sum.getValue()) {
      throw new BadImage("is damaged: the checksum of its " + type + " chunk is wrong" + REPAIR);
    }
    file.position(start + 8);
    if (colour < 0 && !type.equals("IHDR")) {
      throw new BadImage("is damaged: it does not start with a header" + REPAIR);
    }
    read(type, length);
    if (KEPT.contains(type)) {
      keep(start, length + 12);
    }
    file.position(start + 12 + length);
    return !type.equals("IEND");
  }

  private void read(String type, int length) throws BadImage {
    switch (type) {
      case "IHDR" -> header(length);
      case "PLTE" -> hasPalette = true;
      case "IDAT" -> hasPixels = true;
      case "tRNS" -> {
        if (colour == GREY && length == 2) {
          int key = EncodedImage.u16(file.array(), file.position());
          greyKey = depth >= 8 ? key : key * 255 / ((1 << depth) - 1);
        }
      }
      default -> {}
    }
  }

  private void header(int length) throws BadImage {
    if (colour >= 0 || length != 13) {
      throw new BadImage("is damaged: its header is not a PNG header" + REPAIR);
    }
    width = file.getInt();
    height = file.getInt();
    depth = file.get();
    colour = file.get();
    boolean known =
        switch (colour) {
          case GREY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
          case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
          case 2, 4, 6 -> depth == 8 || depth == 16;
          default -> false;
        };
    if (!known || file.get() != 0 || file.get() != 0 || (file.get() & ~1) != 0) {
      throw new BadImage("is damaged: its header names an unknown kind of PNG" + REPAIR);
    }
  }

  private void keep(int start, int length) {
    slim.write(file.array(), start, length);
  }

  private static BadImage cut() {
    return new BadImage("is cut: the PNG file ends before its picture does" + REPAIR);
  }
}
