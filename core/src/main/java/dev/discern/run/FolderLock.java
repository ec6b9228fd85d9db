package dev.discern.run;

import dev.discern.config.AtomicFiles;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Restricts a folder to one writer; the system releases the lock when the process ends, however it
 * ends.
 */
public final class FolderLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks a folder.
   *
   * @param folder the folder; must exist
   * @return the lock, held until it is closed
   * @throws WorkFailed if another process holds it, or the folder is not writable
   */
  public static FolderLock of(Path folder) {
    Path file = folder.resolve(".lock");
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
    try {
      FileLock held = channel.tryLock();
      if (held != null) {
        return new FolderLock(file, channel);
      }
      channel.close();
    } catch (OverlappingFileLockException e) {
      throw busy(folder);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
    throw busy(folder);
  }

  private static WorkFailed busy(Path folder) {
    return new WorkFailed(
        "Another process is training " + folder + ": wait until it ends, or stop it.");
  }

  /** Releases the lock. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }
}
