package discern.data;

import discern.config.WorkFailed;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What an image file says of itself, read before any native code sees it: decoders fill what is
 * missing of a cut file with grey, and give CMYK wrong colours, without a word.
 *
 * @param height in pixels
 * @param width in pixels
 * @param jpeg whether it is a JPEG; else a PNG
 * @param alpha whether it may have transparency
 */
record ImageHeader(int height, int width, boolean jpeg, boolean alpha) {
  private static final long PNG_MAGIC = 0x89504E470D0A1A0AL;
  private static final int IHDR = 0x49484452;
  private static final int IEND = 0x49454E44;
  private static final int TRNS = 0x74524E53;
  private static final long MOST_PIXELS = 1L << 28;

  static ImageHeader read(Path file, byte[] bytes) {
    if (bytes.length == 0) {
      throw refused(file, "it is empty");
    }
    if (bytes.length > 33 && ByteBuffer.wrap(bytes).getLong() == PNG_MAGIC) {
      return png(file, ByteBuffer.wrap(bytes));
    }
    if (bytes.length > 3 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xd8) {
      return jpeg(file, bytes);
    }
    throw refused(file, "its content is neither PNG nor JPEG, whatever its name");
  }

  private static ImageHeader png(Path file, ByteBuffer in) {
    if (in.getInt(12) != IHDR) {
      throw refused(file, "it is a PNG without a header");
    }
    int width = in.getInt(16);
    int height = in.getInt(20);
    int colourType = in.get(25);
    boolean alpha = (colourType & 4) != 0;
    boolean ended = false;
    for (long at = 8; at + 12 <= in.limit() && !ended; ) {
      long length = in.getInt((int) at) & 0xffffffffL;
      int type = in.getInt((int) at + 4);
      at += 12 + length;
      alpha |= type == TRNS;
      ended = type == IEND && at <= in.limit();
    }
    if (!ended) {
      throw refused(file, "it is cut short");
    }
    return checked(file, new ImageHeader(height, width, false, alpha));
  }

  private static ImageHeader jpeg(Path file, byte[] bytes) {
    int at = 2;
    ImageHeader header = null;
    while (at + 9 < bytes.length) {
      if ((bytes[at] & 0xff) != 0xff) {
        throw refused(file, "it is damaged");
      }
      int marker = bytes[at + 1] & 0xff;
      if (marker == 0xff) {
        at++;
        continue;
      }
      if (marker == 0xda) {
        break;
      }
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
        header = frame(file, bytes, at);
      }
      at += 2 + unsignedShort(bytes, at + 2);
    }
    if (header == null || at + 9 >= bytes.length || !endsAfter(bytes, at)) {
      throw refused(file, "it is cut short");
    }
    return checked(file, header);
  }

  private static ImageHeader frame(Path file, byte[] bytes, int at) {
    int bits = bytes[at + 4];
    int components = bytes[at + 9];
    if (bits != 8) {
      throw refused(file, "it is a JPEG of " + bits + " bits, and only 8 are read");
    }
    if (components != 1 && components != 3) {
      throw refused(file, "it is a CMYK JPEG; convert it to RGB");
    }
    return new ImageHeader(unsignedShort(bytes, at + 5), unsignedShort(bytes, at + 7), true, false);
  }

  // The end marker, searched backwards: some cameras write bytes after it.
  private static boolean endsAfter(byte[] bytes, int scan) {
    for (int i = bytes.length - 2; i > scan; i--) {
      if ((bytes[i] & 0xff) == 0xff && (bytes[i + 1] & 0xff) == 0xd9) {
        return true;
      }
    }
    return false;
  }

  private static int unsignedShort(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  private static ImageHeader checked(Path file, ImageHeader header) {
    long pixels = (long) header.height * header.width;
    if (header.height < 1 || header.width < 1 || pixels > MOST_PIXELS) {
      throw refused(
          file, "its size of " + header.width + " by " + header.height + " pixels can't be read");
    }
    return header;
  }

  static WorkFailed refused(Path file, String reason) {
    return new WorkFailed(file + " can't be used: " + reason + ". Replace or remove it.");
  }
}
