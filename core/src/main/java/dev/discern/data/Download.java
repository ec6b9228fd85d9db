package dev.discern.data;

import dev.discern.config.AtomicFiles;
import dev.discern.config.WorkFailed;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.Timeout;
import dev.failsafe.TimeoutExceededException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a file over HTTP. Bytes are collected in a {@code .part} file, from which a later attempt
 * or run resumes; the file gets its final name only after its content is verified.
 */
final class Download {
  private static final int ATTEMPTS = 4;
  private static final int CHUNK = 1 << 16;

  private final HttpClient client;
  private final Duration firstDelay;

  /** Says whether a complete file is the right one. */
  interface Verifier {
    boolean accepts(Path file) throws IOException;
  }

  /**
   * Prepares a client.
   *
   * @param firstDelay the wait before the second attempt; it doubles after each attempt
   */
  Download(Duration firstDelay) {
    this.firstDelay = firstDelay;
    client =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
  }

  /**
   * Fetches one file.
   *
   * @param from the address
   * @param to the target; missing folders are created
   * @param verifier accepts or rejects the complete file
   * @param listener receives the number of bytes
   * @throws WorkFailed if it cannot be fetched, stored or verified; received bytes are kept for the
   *     next attempt
   */
  void fetch(URI from, Path to, Verifier verifier, LoadListener listener) {
    Path part = to.resolveSibling(to.getFileName() + ".part");
    try {
      Files.createDirectories(part.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new WorkFailed(
          "The folder "
              + part.toAbsolutePath().getParent()
              + " cannot be created: "
              + AtomicFiles.reason(e)
              + ".",
          e);
    }
    try {
      // A .part of an older file, or from another server, corrupts whatever is appended to it.
      if (fill(from, part, listener) && !verifier.accepts(part)) {
        Files.delete(part);
        fill(from, part, listener);
      }
      if (!verifier.accepts(part)) {
        Files.delete(part);
        throw new WorkFailed(
            "What " + from + " sent is not the file that was expected (its SHA-256 differs).");
      }
      Files.move(part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new WorkFailed(
          "The file " + part + " cannot be written: " + AtomicFiles.reason(e) + ".", e);
    }
  }

  // True if there was something to resume from.
  private boolean fill(URI from, Path part, LoadListener listener) throws IOException {
    try (FileChannel channel =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(channel)) {
      if (lock == null) {
        throw new WorkFailed(
            "Another process is downloading " + part + ": wait until it is done, then try again.");
      }
      boolean resumed = channel.size() > 0;
      transfer(from, channel, listener);
      return resumed;
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private void transfer(URI from, FileChannel part, LoadListener listener) {
    RetryPolicy<Object> retries =
        RetryPolicy.builder()
            .handle(IOException.class, TimeoutExceededException.class)
            .withBackoff(firstDelay, firstDelay.multipliedBy(16))
            .withMaxAttempts(ATTEMPTS)
            .build();
    // A stalled connection sends no error; the next attempt resumes where this one stopped.
    Timeout<Object> stall = Timeout.builder(Duration.ofMinutes(5)).withInterrupt().build();
    try {
      Failsafe.with(retries, stall).run(() -> attempt(from, part, listener));
    } catch (TimeoutExceededException e) {
      throw new WorkFailed(from + " cannot be fetched: the connection is too slow.", e);
    } catch (FailsafeException e) {
      if (e.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      String reason =
          e.getCause() instanceof IOException io ? AtomicFiles.reason(io) : "interrupted";
      throw new WorkFailed(from + " cannot be fetched: " + reason + ".", e);
    }
  }

  private void attempt(URI from, FileChannel part, LoadListener listener)
      throws IOException, InterruptedException {
    long have = part.size();
    HttpRequest.Builder request = HttpRequest.newBuilder(from).timeout(Duration.ofSeconds(30));
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (goesOn(response, from, part)) {
        append(body, part, response, listener);
      }
    }
  }

  // Truncates the part to the offset at which the response's body starts; false if nothing is
  // missing.
  private static boolean goesOn(HttpResponse<?> response, URI from, FileChannel part)
      throws IOException {
    long have = part.size();
    String range = response.headers().firstValue("Content-Range").orElse("");
    switch (response.statusCode()) {
      case 200 -> part.truncate(0);
      case 206 -> {
        if (!range.toLowerCase(Locale.ROOT).startsWith("bytes " + have + "-")) {
          part.truncate(0);
          throw new IOException("the server did not send the requested range");
        }
      }
      case 416 -> {
        if (range.endsWith("/" + have)) {
          return false;
        }
        part.truncate(0);
        throw new IOException("the server's file is shorter than the part already fetched");
      }
      case 408, 429, 500, 502, 503, 504 ->
          throw new IOException("the server answered " + response.statusCode());
      default ->
          throw new WorkFailed(
              from + " cannot be fetched: the server answered " + response.statusCode() + ".");
    }
    return true;
  }

  private static void append(
      InputStream body, FileChannel part, HttpResponse<?> response, LoadListener listener)
      throws IOException {
    long at = part.size();
    long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
    long total = length < 0 ? -1 : at + length;
    String activity = "fetching " + response.uri();
    byte[] chunk = new byte[CHUNK];
    for (int n = body.read(chunk); n >= 0; n = body.read(chunk)) {
      ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, n);
      while (bytes.hasRemaining()) {
        at += part.write(bytes, at);
      }
      listener.progress(activity, at, total);
    }
  }
}
