package dev.discern.codec;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The decompressed bytes of one strip or tile, in order. */
interface TiffRows extends AutoCloseable {
  /** Fills a row. */
  void read(byte[] row) throws BadImage;

  @Override
  default void close() {}

  /** Whether a compression supports the predictor tag. */
  static boolean predicts(int compression) {
    return compression == 5 || compression == 8 || compression == 32946;
  }

  /**
   * Opens a segment.
   *
   * @param header its file
   * @param data the segment; may be changed
   * @param reversed whether each byte's lowest bit comes first
   */
  static TiffRows of(TiffFile header, ByteBuffer data, boolean reversed) throws BadImage {
    if (reversed) {
      reverse(data);
    }
    return switch (header.compression()) {
      case 2, 3, 4 -> TiffFax.rows(header, data);
      case 1 -> new Plain(data);
      case 5 -> new TiffLzw(data);
      case 8, 32946 -> new Deflated(data);
      case 32773 -> new PackBits(data);
      default -> throw BadImage.unread("a TIFF in " + name(header.compression()));
    };
  }

  private static String name(int compression) {
    return switch (compression) {
      case 6 -> "old-style JPEG compression";
      case 34925 -> "LZMA compression";
      case 50000 -> "Zstandard compression";
      case 50001 -> "WebP compression";
      default -> "compression " + compression;
    };
  }

  // In place: the bytes are this process's copy of the file, and each is read once.
  private static void reverse(ByteBuffer data) {
    for (int k = 0; k < data.limit(); k++) {
      data.put(k, (byte) (Integer.reverse(data.get(k)) >>> 24));
    }
  }

  /** No compression. */
  record Plain(ByteBuffer data) implements TiffRows {
    @Override
    public void read(byte[] row) throws BadImage {
      if (data.remaining() < row.length) {
        throw BadImage.cut("TIFF");
      }
      data.get(row);
    }
  }

  /** Deflate with zlib's header. */
  final class Deflated implements TiffRows {
    private final Inflater inflater = new Inflater();

    Deflated(ByteBuffer data) {
      inflater.setInput(data);
    }

    @Override
    public void read(byte[] row) throws BadImage {
      try {
        for (int k = 0; k < row.length; ) {
          int count = inflater.inflate(row, k, row.length - k);
          if (count == 0
              && (inflater.finished() || inflater.needsInput() || inflater.needsDictionary())) {
            throw BadImage.cut("TIFF");
          }
          k += count;
        }
      } catch (DataFormatException e) {
        throw BadImage.damaged("its pixels are not deflate data");
      }
    }

    @Override
    public void close() {
      inflater.end();
    }
  }

  /** Runs of bytes (TIFF 6.0, section 9). */
  final class PackBits implements TiffRows {
    private final ByteBuffer data;
    private int literals;
    private int repeats;
    private byte repeated;

    PackBits(ByteBuffer data) {
      this.data = data;
    }

    @Override
    public void read(byte[] row) throws BadImage {
      for (int k = 0; k < row.length; k++) {
        while (literals == 0 && repeats == 0) {
          header();
        }
        if (repeats > 0) {
          repeats--;
          row[k] = repeated;
        } else {
          literals--;
          row[k] = next();
        }
      }
    }

    private void header() throws BadImage {
      int count = next();
      if (count >= 0) {
        literals = count + 1;
      } else if (count != -128) {
        repeats = 1 - count;
        repeated = next();
      }
    }

    private byte next() throws BadImage {
      if (!data.hasRemaining()) {
        throw BadImage.cut("TIFF");
      }
      return data.get();
    }
  }
}
