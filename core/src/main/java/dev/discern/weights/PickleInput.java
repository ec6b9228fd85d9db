package dev.discern.weights;

import dev.discern.torch.TensorBytes;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A range of a file as a stream that knows its position. Its end is an exception and not -1, which
 * the unpickler would take for a byte.
 */
final class PickleInput extends InputStream {
  private static final int CHUNK = 1 << 13;

  private final FileChannel channel;
  private final long end;
  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK).limit(0);
  private long next;

  /**
   * Opens a range.
   *
   * @param channel the file, which stays open
   * @param begin the position of the first byte
   * @param end the position after the last byte
   */
  PickleInput(FileChannel channel, long begin, long end) {
    this.channel = channel;
    this.next = begin;
    this.end = end;
  }

  /** The position in the file of the byte that is read next. */
  long position() {
    return next - buffer.remaining();
  }

  @Override
  public int read() throws IOException {
    fill();
    return buffer.get() & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    fill();
    int count = Math.min(length, buffer.remaining());
    buffer.get(into, offset, count);
    return count;
  }

  /**
   * Reads an exact number of bytes.
   *
   * @param count how many; refused before anything is allocated if the range has fewer
   */
  byte[] bytes(long count) throws IOException {
    if (count < 0 || count > end - position()) {
      throw new EOFException("the file ends early");
    }
    byte[] bytes = new byte[Math.toIntExact(count)];
    for (int at = 0; at < bytes.length; ) {
      at += read(bytes, at, bytes.length - at);
    }
    return bytes;
  }

  private void fill() throws IOException {
    if (buffer.hasRemaining()) {
      return;
    }
    if (next >= end) {
      throw new EOFException("the file ends early");
    }
    buffer.clear().limit((int) Math.min(CHUNK, end - next));
    TensorBytes.readFully(channel, buffer, next);
    next += buffer.flip().remaining();
  }
}
