package dev.discern.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * A file as the zip library may see it: it reads no more than a sensible directory, of which it
 * would keep every entry in memory, and it does not close the file.
 */
final class ZipDirectoryChannel implements SeekableByteChannel {
  // Less than 100 bytes per entry, and one entry per storage.
  private static final long MAX_BYTES = 4 << 20;

  private final FileChannel file;
  private long position;
  private long budget = MAX_BYTES;

  ZipDirectoryChannel(FileChannel file) {
    this.file = file;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int count = file.read(into, position);
    position += Math.max(0, count);
    budget -= Math.max(0, count);
    if (budget < 0) {
      throw BadWeights.damaged("its zip directory is larger than any network needs");
    }
    return count;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() {}

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }
}
