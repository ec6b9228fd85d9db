package discern.data;

import discern.config.AtomicFiles;
import discern.config.WorkFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * An IDX file of unsigned bytes, as MNIST's authors define it: magic number, big-endian sides,
 * data.
 *
 * @param file where it was read from
 * @param sides the shape
 * @param data the bytes, row-major
 */
record IdxFile(Path file, int[] sides, byte[] data) {
  private static final int UNSIGNED_BYTES = 0x08;

  /** Reads a file, gzipped if its name says so, that must have the given number of sides. */
  static IdxFile read(Path file, int expectedSides) {
    byte[] bytes;
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
      bytes = in.readAllBytes();
    } catch (IOException e) {
      throw broken(file, "it can't be read to its end: " + AtomicFiles.reason(e), e);
    }
    return parse(file, bytes, expectedSides);
  }

  private static IdxFile parse(Path file, byte[] bytes, int expectedSides) {
    int header = 4 + 4 * expectedSides;
    if (bytes.length < 4 || bytes[0] != 0 || bytes[1] != 0 || bytes[2] != UNSIGNED_BYTES) {
      throw broken(file, "it does not begin as an IDX file of bytes does", null);
    }
    if (bytes[3] != expectedSides) {
      String what = expectedSides == 1 ? "labels (one side)" : "images (three sides)";
      throw broken(
          file, "it should hold " + what + ", but has " + bytes[3] + "; was it swapped?", null);
    }
    if (bytes.length < header) {
      throw broken(file, "it ends within its header", null);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 4, header - 4);
    int[] sides = new int[expectedSides];
    long size = 1;
    for (int i = 0; i < expectedSides; i++) {
      sides[i] = buffer.getInt();
      size *= Math.max(0, sides[i]);
    }
    if (size != bytes.length - header) {
      throw broken(
          file,
          "it should hold " + size + " bytes of data, but holds " + (bytes.length - header),
          null);
    }
    return new IdxFile(file, sides, java.util.Arrays.copyOfRange(bytes, header, bytes.length));
  }

  private static WorkFailed broken(
      Path file, String reason, @org.jspecify.annotations.Nullable Exception cause) {
    String message =
        file + " is not the file it should be: " + reason + ". Replace it by an intact copy.";
    return cause == null ? new WorkFailed(message) : new WorkFailed(message, cause);
  }
}
