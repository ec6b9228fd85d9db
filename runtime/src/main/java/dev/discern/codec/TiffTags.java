package dev.discern.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The first directory of a TIFF file or EXIF block (TIFF 6.0, section 2). */
public final class TiffTags {
  private static final int ORIENTATION = 274;
  private static final int ENTRY = 12;
  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};
  // The strips and tiles of the largest supported image; a guard against damaged counts.
  private static final int MAX_VALUES = 1 << 20;

  private final ByteBuffer file;
  private final Map<Integer, Integer> entries = new HashMap<>();

  private TiffTags(ByteBuffer file) {
    this.file = file;
  }

  /**
   * Reads the directory.
   *
   * @param file the file, starting at the byte-order mark
   * @return the tags
   * @throws BadImage if there is none
   */
  static TiffTags of(ByteBuffer file) throws BadImage {
    if (file.limit() < 8) {
      throw BadImage.cut("TIFF");
    }
    int mark = file.order(ByteOrder.BIG_ENDIAN).getShort(0);
    if (mark == 0x4949) {
      file.order(ByteOrder.LITTLE_ENDIAN);
    } else if (mark != 0x4d4d) {
      throw BadImage.damaged("its TIFF header is wrong");
    }
    if (file.getShort(2) == 43) {
      throw BadImage.unread("a BigTIFF file");
    }
    TiffTags tags = new TiffTags(file);
    tags.read(file.getInt(4) & 0xffffffffL);
    return tags;
  }

  private void read(long offset) throws BadImage {
    if (offset < 8 || offset + 2 > file.limit()) {
      throw BadImage.cut("TIFF");
    }
    int start = (int) offset;
    int count = file.getShort(start) & 0xffff;
    if (start + 2 + (long) count * ENTRY > file.limit()) {
      throw BadImage.cut("TIFF");
    }
    for (int k = 0; k < count; k++) {
      int entry = start + 2 + k * ENTRY;
      entries.putIfAbsent(file.getShort(entry) & 0xffff, entry);
    }
  }

  /** The file, in its byte order. */
  ByteBuffer file() {
    return file;
  }

  boolean has(int tag) {
    return entries.containsKey(tag);
  }

  int orientation() {
    try {
      long value = number(ORIENTATION, 1);
      return value >= 1 && value <= 8 ? (int) value : 1;
    } catch (BadImage e) {
      return 1;
    }
  }

  /** The first value of a tag, or a default if it is missing. */
  long number(int tag, long otherwise) throws BadImage {
    long[] values = numbers(tag);
    return values.length == 0 ? otherwise : values[0];
  }

  /** The value of a tag that must fit an {@code int} and not be negative. */
  int integer(int tag, int otherwise) throws BadImage {
    long value = number(tag, otherwise);
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw BadImage.damaged("its TIFF tag " + tag + " is out of range");
    }
    return (int) value;
  }

  /** All values of a whole-number tag; empty if it is missing. */
  long[] numbers(int tag) throws BadImage {
    Integer entry = entries.get(tag);
    if (entry == null) {
      return new long[0];
    }
    int type = file.getShort(entry + 2) & 0xffff;
    ByteBuffer data = data(tag, entry, type);
    long[] values = new long[data.limit() / TYPE_BYTES[type]];
    for (int k = 0; k < values.length; k++) {
      values[k] =
          switch (type) {
            case 1, 2, 6, 7 -> data.get(k) & 0xff;
            case 3, 8 -> data.getShort(2 * k) & 0xffff;
            case 4, 9 -> data.getInt(4 * k) & 0xffffffffL;
            default -> throw BadImage.damaged("its TIFF tag " + tag + " is not a whole number");
          };
    }
    return values;
  }

  /** The bytes of a tag, as stored; empty if it is missing. */
  ByteBuffer bytes(int tag) throws BadImage {
    Integer entry = entries.get(tag);
    return entry == null
        ? ByteBuffer.allocate(0)
        : data(tag, entry, file.getShort(entry + 2) & 0xffff);
  }

  /** The text of a tag; empty if it is missing or damaged. */
  String text(int tag) {
    try {
      ByteBuffer data = bytes(tag);
      byte[] text = new byte[Math.min(data.limit(), 64)];
      data.get(0, text);
      return new String(text, StandardCharsets.ISO_8859_1).strip();
    } catch (BadImage e) {
      return "";
    }
  }

  private ByteBuffer data(int tag, int entry, int type) throws BadImage {
    long count = file.getInt(entry + 4) & 0xffffffffL;
    if (type < 1 || type >= TYPE_BYTES.length || count > MAX_VALUES) {
      throw BadImage.damaged("its TIFF tag " + tag + " is wrong");
    }
    long length = count * TYPE_BYTES[type];
    long start = length <= 4 ? entry + 8 : file.getInt(entry + 8) & 0xffffffffL;
    if (start + length > file.limit()) {
      throw BadImage.cut("TIFF");
    }
    return file.slice((int) start, (int) length).order(file.order());
  }
}
