package dev.discern.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;

/** The sequence of chunks in a PNG file (ISO/IEC 15948, clause 5). */
final class PngChunks {
  private static final int SIGNATURE = 8;
  private static final int FRAME = 12; // length, type, checksum
  private static final Set<String> KEPT = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

  private final ByteBuffer file;
  private int start;
  private int end = SIGNATURE;

  PngChunks(ByteBuffer file) {
    this.file = file.order(ByteOrder.BIG_ENDIAN);
  }

  /**
   * Advances to the next chunk.
   *
   * @return its type
   * @throws BadImage if the file ends before the chunk does
   */
  String next() throws BadImage {
    start = end;
    if (file.limit() - start < FRAME) {
      throw BadImage.cut("PNG");
    }
    int length = file.getInt(start);
    if (length < 0 || length > file.limit() - start - FRAME) {
      throw BadImage.cut("PNG");
    }
    end = start + FRAME + length;
    byte[] type = new byte[4];
    file.get(start + 4, type);
    return new String(type, StandardCharsets.ISO_8859_1);
  }

  /** The content of the current chunk. */
  ByteBuffer content() {
    return file.slice(start + 8, end - start - FRAME);
  }

  private boolean checksumHolds() {
    CRC32 sum = new CRC32();
    sum.update(file.slice(start + 4, end - start - 8));
    return file.getInt(end - 4) == (int) sum.getValue();
  }

  /**
   * Checks all checksums, and compacts the file to the chunks that carry pixels.
   *
   * @param file the whole file; changed in place
   * @return its new length
   * @throws BadImage if the file is truncated or a checksum is wrong
   */
  static int keepPixels(ByteBuffer file) throws BadImage {
    PngChunks chunks = new PngChunks(file);
    int length = SIGNATURE;
    String type;
    do {
      type = chunks.next();
      if (!chunks.checksumHolds()) {
        throw BadImage.damaged("the checksum of its " + type + " chunk is wrong");
      }
      if (KEPT.contains(type)) {
        int size = chunks.end - chunks.start;
        if (length != chunks.start) {
          file.put(length, file, chunks.start, size);
        }
        length += size;
      }
    } while (!type.equals("IEND"));
    return length;
  }
}
