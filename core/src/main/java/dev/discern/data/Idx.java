package dev.discern.data;

import dev.discern.config.AtomicFiles;
import dev.discern.config.WorkFailed;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads IDX files, the format of MNIST and its successors: a magic number, big-endian sizes, then
 * bytes; optionally compressed with gzip. See <a
 * href="http://yann.lecun.com/exdb/mnist/">yann.lecun.com</a>.
 */
final class Idx {
  private static final int IMAGES = 0x0803;
  private static final int LABELS = 0x0801;
  private static final int MAX_SIDE = 4096;
  private static final int GZIP_MAGIC = 0x1f8b;

  private Idx() {}

  /** Gray images: {@code pixels} is {@code [count, rows, columns]}, unsigned. */
  @SuppressWarnings("ArrayRecordComponent") // hands pixels on, never compared
  record Images(int count, int rows, int columns, byte[] pixels) {}

  /**
   * Reads an image file.
   *
   * @param file an IDX file of unsigned bytes in three dimensions
   * @return its images
   * @throws WorkFailed if the file is missing, damaged, or of another kind
   */
  static Images images(Path file) {
    return read(
        file,
        in -> {
          requireMagic(file, in.readInt(), IMAGES);
          int count = in.readInt();
          int rows = in.readInt();
          int columns = in.readInt();
          if (count < 1 || rows < 1 || columns < 1 || rows > MAX_SIDE || columns > MAX_SIDE) {
            throw damaged(file, "claims " + count + " images of " + rows + "x" + columns);
          }
          return new Images(count, rows, columns, body(file, in, (long) count * rows * columns));
        });
  }

  /**
   * Reads a label file.
   *
   * @param file an IDX file of unsigned bytes in one dimension
   * @param classes the number of classes
   * @return one label per image, each below the number of classes
   * @throws WorkFailed if the file is missing, damaged, or of another kind
   */
  static int[] labels(Path file, int classes) {
    byte[] bytes =
        read(
            file,
            in -> {
              requireMagic(file, in.readInt(), LABELS);
              int count = in.readInt();
              if (count < 1) {
                throw damaged(file, "claims " + count + " labels");
              }
              return body(file, in, count);
            });
    int[] labels = new int[bytes.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = bytes[i] & 0xff;
      if (labels[i] >= classes) {
        throw damaged(
            file,
            "has label " + labels[i] + " at image " + i + ", but classes end at " + (classes - 1));
      }
    }
    return labels;
  }

  private interface Body<T> {
    T from(DataInputStream in) throws IOException;
  }

  private static <T> T read(Path file, Body<T> body) {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        DataInputStream in = new DataInputStream(gunzipped(raw))) {
      return body.from(in);
    } catch (EOFException e) {
      throw damaged(file, "ends too early, like an incomplete download", e);
    } catch (ZipException e) {
      throw damaged(file, "is not valid gzip (" + e.getMessage() + ")", e);
    } catch (IOException e) {
      throw new WorkFailed(
          "The file " + file + " cannot be read: " + AtomicFiles.reason(e) + ".", e);
    }
  }

  // Detects gzip by content, since browsers and archive tools often decompress without renaming.
  private static InputStream gunzipped(InputStream raw) throws IOException {
    raw.mark(2);
    int magic = (raw.read() << 8) | raw.read();
    raw.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(raw, 1 << 16) : raw;
  }

  private static void requireMagic(Path file, int found, int wanted) {
    if (found == wanted) {
      return;
    }
    String is = wanted == IMAGES ? "images" : "labels";
    String was = found == IMAGES ? "images" : "labels";
    throw damaged(
        file,
        found == IMAGES || found == LABELS
            ? "holds " + was + " where " + is + " should be: two files were swapped"
            : "is not an IDX file of "
                + is
                + " (it starts with 0x"
                + Integer.toHexString(found)
                + ")");
  }

  private static byte[] body(Path file, DataInputStream in, long length) throws IOException {
    if (length > Integer.MAX_VALUE - 8) {
      throw damaged(file, "claims " + length + " bytes, more than fit in memory");
    }
    // Reads in growing steps, so that a false header does not cost memory.
    byte[] bytes = in.readNBytes((int) length);
    if (bytes.length < length) {
      throw damaged(
          file,
          "ends after " + bytes.length + " of " + length + " bytes, like an incomplete download");
    }
    if (in.read() >= 0) {
      throw damaged(file, "has more than the " + length + " bytes that its header announces");
    }
    return bytes;
  }

  private static WorkFailed damaged(Path file, String what) {
    return new WorkFailed(sentence(file, what));
  }

  private static WorkFailed damaged(Path file, String what, Throwable cause) {
    return new WorkFailed(sentence(file, what), cause);
  }

  private static String sentence(Path file, String what) {
    return "The file " + file + " " + what + ". Fetch it again, or give another folder.";
  }
}
