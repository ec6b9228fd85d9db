package dev.discern.config;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import tools.jackson.core.JacksonException;

/** Writes files that exist whole or not at all, even after a kill or a power failure. */
public final class AtomicFiles {
  private AtomicFiles() {}

  /** Writes the content of a new file. */
  @FunctionalInterface
  public interface Body {
    /**
     * Writes the content.
     *
     * @param channel the open file, empty
     * @throws IOException if writing fails
     */
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * Writes a file through a temporary one beside it: write, fsync, rename, fsync the folder. An
   * interrupt of the calling thread neither fails the write nor is lost.
   *
   * @param file the target; replaced if it exists
   * @param body fills it; called again if an interrupt came in between
   * @throws IOException if anything fails; the old file is then untouched
   */
  public static void write(Path file, Body body) throws IOException {
    Path unused =
        Uninterrupted.call(
            () -> {
              replace(file, body);
              return file;
            });
  }

  private static void replace(Path file, Body body) throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        body.writeTo(channel);
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
    forceFolder(file);
  }

  /**
   * Writes text atomically, in UTF-8.
   *
   * @param file the target; replaced if it exists
   * @param text the content
   * @throws WorkFailed if the disk is full or the folder is not writable
   */
  public static void writeText(Path file, String text) {
    try {
      write(
          file,
          channel -> {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            writeFully(channel, bytes);
          });
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /**
   * Reads text in UTF-8, whether or not the calling thread is interrupted.
   *
   * @param file the file
   * @return its content
   * @throws IOException if it is missing, unreadable or not UTF-8
   */
  public static String readText(Path file) throws IOException {
    return Uninterrupted.call(() -> Files.readString(file));
  }

  /**
   * Writes the rest of a buffer.
   *
   * @param channel the target
   * @param bytes the buffer; at its limit afterwards
   * @throws IOException if writing fails
   */
  public static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * The failure for a file that could not be written.
   *
   * @param file the file
   * @param cause the system's error
   * @return the failure, not yet thrown
   */
  public static WorkFailed cannotWrite(Path file, IOException cause) {
    return new WorkFailed(
        "Could not write "
            + file
            + " ("
            + reason(cause)
            + "): free some disk space, or choose a writable folder.",
        cause);
  }

  /**
   * The system's reason, without the path at the start of such messages.
   *
   * @param cause the failure
   * @return a few words
   */
  public static String reason(Exception cause) {
    if (cause instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (cause instanceof AccessDeniedException) {
      return "permission is denied";
    }
    if (cause instanceof NotDirectoryException) {
      return "it is not a folder";
    }
    if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
      return "no connection";
    }
    if (cause instanceof CharacterCodingException) {
      return "it is not UTF-8 text";
    }
    if (cause instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    if (cause instanceof JacksonException damaged) {
      String first = damaged.getOriginalMessage().strip().lines().findFirst().orElse("");
      return first.replaceAll("\\(java[\\w.]+\\) ?", "");
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  // A rename is durable only once its folder is; some systems cannot open a folder, and do not need
  // to.
  private static void forceFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      return;
    }
  }
}
