package dev.discern.data;

import dev.discern.config.Task;
import dev.discern.image.Encoded;
import dev.discern.image.ImageFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Image files, decoded on access. */
final class FileImages implements ImageSet {
  private final LabelledFiles files;

  /**
   * Wraps files as images.
   *
   * @param files the files and their classes
   */
  FileImages(LabelledFiles files) {
    this.files = files;
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public List<String> classNames() {
    return files.classNames();
  }

  @Override
  public Task task() {
    return files.task();
  }

  @Override
  public int label(int i) {
    return files.label(i);
  }

  @Override
  public int[] labels(int i) {
    return files.labels(i);
  }

  @Override
  public Encoded image(int i) {
    return new ImageFile(files.path(i));
  }

  @Override
  public String describe(int i) {
    return files.describe(i);
  }

  /** The path within the folder and the file's length: hashing pixels would require decoding. */
  @Override
  public byte[] identity(int i) {
    return (describe(i) + '\0' + files.bytes(i)).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] version(int i) {
    byte[] identity = identity(i);
    // 0 for a file that is gone: reading it will fail anyway.
    long written = files.path(i).toFile().lastModified();
    return ByteBuffer.allocate(identity.length + Long.BYTES).put(identity).putLong(written).array();
  }
}
