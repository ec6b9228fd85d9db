package dev.discern.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** A tiny Fashion-MNIST: the same four files, few images. */
final class IdxFiles {
  private IdxFiles() {}

  /** The content of the four files, by name without {@code .gz}. */
  static Map<String, byte[]> four(int train, int test) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("train-images-idx3-ubyte", images(train, 1));
    files.put("train-labels-idx1-ubyte", labels(train));
    files.put("t10k-images-idx3-ubyte", images(test, 2));
    files.put("t10k-labels-idx1-ubyte", labels(test));
    return files;
  }

  static void write(Map<String, byte[]> files, Path folder) {
    files.forEach((name, content) -> TestImages.write(folder.resolve(name), content));
  }

  static byte[] images(int count, long seed) {
    byte[] pixels = new byte[count * 28 * 28];
    new SplittableRandom(seed).nextBytes(pixels);
    return ByteBuffer.allocate(16 + pixels.length)
        .putInt(0x0803)
        .putInt(count)
        .putInt(28)
        .putInt(28)
        .put(pixels)
        .array();
  }

  /** Labels 0, 1, ..., 9, 0, 1, ... */
  static byte[] labels(int count) {
    ByteBuffer file = ByteBuffer.allocate(8 + count).putInt(0x0801).putInt(count);
    for (int i = 0; i < count; i++) {
      file.put((byte) (i % 10));
    }
    return file.array();
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
