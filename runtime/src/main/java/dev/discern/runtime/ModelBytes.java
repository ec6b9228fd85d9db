package dev.discern.runtime;

import dev.discern.graph.BadOnnx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a model's file outside the Java heap, once: what was checked is what is run. */
final class ModelBytes {
  private static final long MOST = Integer.MAX_VALUE - 8L;

  private ModelBytes() {}

  static ByteBuffer read(Path path) throws BadOnnx {
    if (!Files.isRegularFile(path)) {
      throw new BadOnnx("is not a regular file. Name an exported file");
    }
    try (FileChannel channel = FileChannel.open(path)) {
      long size = channel.size();
      if (size == 0) {
        throw new BadOnnx("is empty. Export the run again");
      }
      if (size > MOST) {
        throw new BadOnnx("is larger than 2 GB. Export the run with half precision");
      }
      ByteBuffer bytes = ByteBuffer.allocateDirect((int) size);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
      return bytes.flip();
    } catch (IOException e) {
      throw new BadOnnx("cannot be read: " + e.getMessage());
    }
  }
}
