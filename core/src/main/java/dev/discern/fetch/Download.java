package dev.discern.fetch;

import dev.discern.config.AtomicFiles;
import dev.discern.config.WorkFailed;
import dev.discern.fetch.Http.Answer;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a file over HTTP. Bytes are collected in a {@code .part} file, from which a later attempt
 * or run resumes; the file gets its final name only after its content is verified.
 */
public final class Download {
  private final Patience patience;
  private final Http http;

  /**
   * Prepares a client.
   *
   * @param patience how long to wait for servers
   */
  public Download(Patience patience) {
    this.patience = patience;
    http = new Http(patience.stall());
  }

  /**
   * Asks for a file's description.
   *
   * @param of the address
   * @param suffices a redirect whose headers pass is the answer; others are followed
   * @return the answer, whatever its status, unless a later try may change it
   * @throws Unreachable if there is no answer, or the server stays busy
   */
  public Head head(Remote of, Predicate<HttpHeaders> suffices) throws Unreachable {
    try {
      return Failsafe.with(patience.retries()).get(() -> ask(of, suffices));
    } catch (FailsafeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new Unreachable(Reasons.of(cause), e);
    }
  }

  private Head ask(Remote of, Predicate<HttpHeaders> suffices)
      throws IOException, InterruptedException {
    Answer answer = http.send(of, "HEAD", Map.of(), suffices);
    HttpResponse<Body> last = answer.last();
    last.body().close();
    if (last.statusCode() >= 400
        && Transfer.refusal(last.statusCode(), last.headers()) instanceof Busy busy) {
      throw busy;
    }
    return new Head(last.statusCode(), answer.hops());
  }

  /**
   * Fetches one file.
   *
   * @param from the address
   * @param to the target; missing folders are created
   * @param expected what the complete file must be
   * @param listener receives the number of bytes
   * @throws WorkFailed if it cannot be fetched, stored or verified; received bytes are kept for the
   *     next attempt
   */
  public void fetch(Remote from, Path to, Expected expected, FetchListener listener) {
    Path part = to.resolveSibling(to.getFileName() + ".part");
    Path folder = createFolder(part);
    try (FileChannel channel = open(part);
        FileLock lock = lock(channel)) {
      // Without the part, another process has just finished, and the channel is of its file.
      if (lock == null || !Files.exists(part)) {
        throw new WorkFailed(
            "Another process is downloading " + part + ": wait until it is done, then try again.");
      }
      try {
        requireSpace(folder, expected.size() - channel.size());
        Transfer transfer = new Transfer(http, patience, from, channel, expected.size(), listener);
        complete(transfer, channel, from, expected);
        channel.force(true);
        Files.move(part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        deleteIfEmpty(part);
      }
    } catch (IOException e) {
      throw new WorkFailed(
          "The file " + part + " cannot be written: " + AtomicFiles.reason(e) + ".", e);
    }
  }

  private static Path createFolder(Path part) {
    Path folder = part.toAbsolutePath().getParent();
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new WorkFailed(
          "The folder " + folder + " cannot be created: " + AtomicFiles.reason(e) + ".", e);
    }
  }

  private static FileChannel open(Path part) throws IOException {
    return FileChannel.open(
        part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static void requireSpace(Path folder, long missing) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (missing > free) {
      throw new WorkFailed(
          "The folder "
              + folder
              + " has "
              + free / 1_000_000
              + " MB of free disk space, but a download needs "
              + missing / 1_000_000
              + " MB: free some disk space, or choose another folder.");
    }
  }

  private static void complete(
      Transfer transfer, FileChannel channel, Remote from, Expected expected) throws IOException {
    boolean resumed = channel.size() > 0;
    transfer.run();
    // A .part of an older file, or from another server, corrupts whatever is appended to it.
    if (resumed && !isRight(channel, expected)) {
      channel.truncate(0);
      transfer.run();
    }
    if (!isRight(channel, expected)) {
      channel.truncate(0);
      throw new WorkFailed(
          "What "
              + from
              + " sent is not the file that was expected (its "
              + expected.checksum()
              + " differs).");
    }
  }

  // Reads through the open channel: on POSIX systems, closing another one would free the lock.
  private static boolean isRight(FileChannel channel, Expected expected) throws IOException {
    if (expected.size() >= 0 && channel.size() != expected.size()) {
      return false;
    }
    InputStream unclosed =
        new FilterInputStream(Channels.newInputStream(channel.position(0))) {
          @Override
          public void close() {}
        };
    return expected.verifier().accepts(unclosed);
  }

  private static void deleteIfEmpty(Path part) throws IOException {
    if (Files.exists(part) && Files.size(part) == 0) {
      Files.delete(part);
    }
  }
}
