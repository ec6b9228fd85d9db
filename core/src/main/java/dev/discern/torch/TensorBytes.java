package dev.discern.torch;

import dev.discern.config.AtomicFiles;
import dev.discern.config.Internal;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;

/** Moves bytes between a file and the memory of tensors, without a copy on the Java heap. */
@Internal
public final class TensorBytes {
  // A ByteBuffer holds less than 2 GiB.
  private static final long PIECE = 1 << 30;

  private TensorBytes() {}

  /**
   * Fills a tensor from a file.
   *
   * @param channel the file, open for reading
   * @param position the position of the first byte in the file
   * @param tensor a contiguous CPU tensor
   * @throws IOException if reading fails or the file ends early
   */
  public static void read(FileChannel channel, long position, Tensor tensor) throws IOException {
    long bytes = tensor.nbytes();
    for (long at = 0; at < bytes; at += PIECE) {
      readFully(channel, piece(tensor, at, bytes), position + at);
    }
  }

  /**
   * Fills a buffer from a file.
   *
   * @param channel the file, open for reading
   * @param into the buffer; at its limit afterwards
   * @param position the position of the first byte in the file
   * @throws IOException if reading fails or the file ends early
   */
  public static void readFully(FileChannel channel, ByteBuffer into, long position)
      throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int read = channel.read(into, at);
      if (read < 0) {
        throw new EOFException("the file ends early");
      }
      at += read;
    }
  }

  /** Appends the bytes of a contiguous CPU tensor to a file. */
  static void write(FileChannel channel, Tensor tensor) throws IOException {
    long bytes = tensor.nbytes();
    for (long at = 0; at < bytes; at += PIECE) {
      AtomicFiles.writeFully(channel, piece(tensor, at, bytes));
    }
  }

  private static ByteBuffer piece(Tensor tensor, long at, long bytes) {
    return new BytePointer(tensor.data_ptr())
        .capacity(bytes)
        .position(at)
        .limit(Math.min(bytes, at + PIECE))
        .asByteBuffer();
  }
}
