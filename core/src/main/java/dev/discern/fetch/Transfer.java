package dev.discern.fetch;

import dev.discern.config.AtomicFiles;
import dev.discern.config.WorkFailed;
import dev.discern.fetch.Http.Answer;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Fills one part of a file until nothing is missing. */
final class Transfer {
  /** A round of attempts that brings this many bytes earns another round. */
  private static final long PROGRESS = 1 << 20;

  private final Http http;
  private final Patience patience;
  private final Remote from;
  private final FileChannel part;
  private final long size;
  private final FetchListener listener;

  Transfer(
      Http http,
      Patience patience,
      Remote from,
      FileChannel part,
      long size,
      FetchListener listener) {
    this.http = http;
    this.patience = patience;
    this.from = from;
    this.part = part;
    this.size = size;
    this.listener = listener;
  }

  /**
   * Appends what is missing.
   *
   * @throws WorkFailed if the server does not send it
   * @throws IOException if the part cannot be written
   */
  void run() throws IOException {
    long before;
    FailsafeException failure;
    do {
      before = part.size();
      try {
        Failsafe.with(patience.retries()).run(this::attempt);
        return;
      } catch (UncheckedIOException e) {
        throw new IOException(e.getMessage(), e);
      } catch (FailsafeException e) {
        failure = e;
      }
    } while (isTemporary(failure) && part.size() - before >= PROGRESS);
    throw failed(failure);
  }

  private static boolean isTemporary(FailsafeException failure) {
    return failure.getCause() instanceof Cut;
  }

  private WorkFailed failed(FailsafeException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return new WorkFailed(from + " cannot be fetched: " + Reasons.of(cause) + ".", failure);
  }

  /** The connection broke within the file. */
  private static final class Cut extends IOException {
    private static final long serialVersionUID = 1L;

    Cut(String reason) {
      super(reason);
    }

    Cut(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  private void attempt() throws IOException, InterruptedException {
    long have = part.size();
    Map<String, String> range = have > 0 ? Map.of("Range", "bytes=" + have + "-") : Map.of();
    Answer answer = http.send(from, "GET", range, headers -> false);
    try (Body body = answer.last().body()) {
      if (continues(answer.last())) {
        append(body, answer.last().headers());
      }
    }
  }

  // Truncates the part to the offset at which the response's body starts; false if nothing is
  // missing.
  private boolean continues(HttpResponse<?> response) throws IOException {
    long have = part.size();
    String range = response.headers().firstValue("Content-Range").orElse("");
    switch (response.statusCode()) {
      case 200 -> {
        refuseWebPage(response.headers());
        part.truncate(0);
      }
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
      default -> throw refusal(response.statusCode(), response.headers());
    }
    return true;
  }

  private static void refuseWebPage(HttpHeaders headers) throws Refused {
    String type = headers.firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (type.startsWith("text/html")) {
      throw new Refused(
          "the server sent a web page instead of the file, as a login page or a proxy does");
    }
  }

  /** Why a status other than success is the end, or not yet. */
  static IOException refusal(int status, HttpHeaders headers) {
    return switch (status) {
      case 408, 429, 500, 502, 503, 504 -> new Busy(status, headers, Instant.now());
      case 401 -> new Refused("the server answered 401 (it asks for a login)");
      case 403 -> new Refused("the server answered 403 (it denies access)");
      case 404, 410 -> new Refused("the server answered " + status + " (it has no such file)");
      default -> new Refused("the server answered " + status);
    };
  }

  private void append(Body body, HttpHeaders headers) throws IOException, InterruptedException {
    long at = part.size();
    long length = headers.firstValueAsLong("Content-Length").orElse(-1);
    long total = length < 0 ? size : at + length;
    if (size >= 0 && total != size && at > 0) {
      part.truncate(0);
      throw new IOException("the part already fetched is of another file");
    }
    if (size >= 0 && total != size) {
      throw new Refused("the server's file has " + total + " bytes instead of " + size);
    }
    String activity = "fetching " + from;
    for (List<ByteBuffer> next = next(body); !next.isEmpty(); next = next(body)) {
      for (ByteBuffer bytes : next) {
        if (size >= 0 && at + bytes.remaining() > size) {
          throw new Refused("the server sends more than the file's " + size + " bytes");
        }
        at += write(bytes, at);
      }
      listener.progress(activity, at, total);
    }
    if (at < total) {
      throw new Cut("the connection was cut at " + at + " of " + total + " bytes");
    }
  }

  private List<ByteBuffer> next(Body body) throws IOException, InterruptedException {
    try {
      return body.next(patience.stall());
    } catch (IOException e) {
      throw new Cut(AtomicFiles.reason(e) + " at " + part.size() + " bytes", e);
    }
  }

  // Unchecked, so that a full disk is not taken for a broken connection and tried again.
  private int write(ByteBuffer bytes, long from) {
    try {
      int written = 0;
      while (bytes.hasRemaining()) {
        written += part.write(bytes, from + written);
      }
      return written;
    } catch (IOException e) {
      throw new UncheckedIOException(
          e instanceof ClosedByInterruptException ? "interrupted" : AtomicFiles.reason(e), e);
    }
  }
}
