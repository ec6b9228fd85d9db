package dev.discern.image;

import dev.discern.codec.BadImage;
import dev.discern.codec.Limits;
import dev.discern.config.AtomicFiles;
import dev.discern.config.WorkFailed;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A file's bytes outside the Java heap, where native decoders read them without a copy. A memory
 * map would crash this process if another process truncated the file.
 */
final class FileBytes implements AutoCloseable {
  private static final int CHUNK = 1 << 16;

  private final BytePointer pointer;
  private final ByteBuffer view;

  private FileBytes(BytePointer pointer, int length) {
    this.pointer = pointer;
    this.view = pointer.limit(length).asByteBuffer();
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @param atMost the maximum number of bytes to read from its start
   * @return the bytes, for the caller to close
   * @throws BadImage if it is empty, not a file, or larger than {@link Limits#MAX_BYTES}
   * @throws WorkFailed if it cannot be read
   */
  static FileBytes read(Path file, long atMost) throws BadImage {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        // Opening a named pipe would wait for a writer.
        throw new BadImage("is a folder or device, not a file. Name a file");
      }
      if (attributes.size() > Limits.MAX_BYTES) {
        throw new BadImage(
            "is larger than " + (Limits.MAX_BYTES >> 20) + " MB. Scale it down or compress it");
      }
      if (attributes.size() == 0) {
        throw new BadImage("is empty. Fetch it again, or remove it");
      }
      return read(file, (int) Math.min(attributes.size(), atMost));
    } catch (IOException e) {
      throw new WorkFailed(
          "The image " + file + " cannot be read: " + AtomicFiles.reason(e) + ".", e);
    }
  }

  private static FileBytes read(Path file, int size) throws IOException {
    BytePointer pointer = new BytePointer(size);
    // Not a channel: interrupting a worker would close it, which would look like a damaged file.
    try (InputStream in = new FileInputStream(file.toFile())) {
      byte[] chunk = new byte[Math.min(size, CHUNK)];
      int length = 0;
      while (length < size) {
        int count = in.read(chunk, 0, Math.min(chunk.length, size - length));
        if (count < 0) {
          break;
        }
        pointer.position(length).put(chunk, 0, count);
        length += count;
      }
      return new FileBytes(pointer.position(0), length);
    } catch (IOException | RuntimeException e) {
      pointer.close();
      throw e;
    }
  }

  /**
   * The bytes.
   *
   * @return a new big-endian view
   */
  ByteBuffer view() {
    return view.duplicate();
  }

  /**
   * The first bytes as a native decoder takes them.
   *
   * @param length how many
   * @return a matrix row of bytes that shares this memory; owned by the caller's {@code
   *     PointerScope}
   */
  Mat mat(int length) {
    return new Mat(1, length, opencv_core.CV_8UC1, pointer);
  }

  @Override
  public void close() {
    pointer.close();
  }
}
