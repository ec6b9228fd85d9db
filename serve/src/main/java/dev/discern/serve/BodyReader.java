package dev.discern.serve;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request without holding a thread while the client sends it. A request that is
 * refused is read to its end nevertheless, because a client that still sends cannot receive the
 * answer.
 */
final class BodyReader implements Runnable {
  private final Request request;
  private final int most;
  private final HeldBytes held;
  private final CompletableFuture<byte[]> done = new CompletableFuture<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private @Nullable HttpFailure refusal;
  private long received;
  private final AtomicInteger taken = new AtomicInteger();

  /**
   * Creates a reader.
   *
   * @param most the largest body
   * @param held bounds all bodies together; to be given back {@link #taken}
   * @param refusal if not null, the body is read and dropped, and reading fails with it
   */
  BodyReader(Request request, int most, HeldBytes held, @Nullable HttpFailure refusal) {
    this.request = request;
    this.most = most;
    this.held = held;
    this.refusal = refusal;
  }

  /** The bytes taken from {@link HeldBytes}. */
  int taken() {
    return taken.get();
  }

  /**
   * Reads.
   *
   * @param timeout how long the client may take
   * @return the body; fails with an {@link HttpFailure}
   */
  CompletableFuture<byte[]> read(Duration timeout) {
    if (refusal == null && request.getLength() > most) {
      refusal = tooLong();
    }
    if (refusal != null && request.getHeaders().contains("Expect")) {
      // The client waits for permission to send, and does not get it.
      done.completeExceptionally(refusal);
      return done;
    }
    run();
    if (!done.isDone()) {
      Scheduler.Task late =
          request
              .getComponents()
              .getScheduler()
              .schedule(() -> late(timeout), timeout.toMillis(), TimeUnit.MILLISECONDS);
      var unused = done.whenComplete((body, failure) -> late.cancel());
    }
    return done;
  }

  private synchronized void late(Duration timeout) {
    HttpFailure known = refusal;
    done.completeExceptionally(known != null ? known : tooSlow(timeout.toSeconds() + " seconds"));
  }

  private static HttpFailure tooSlow(String time) {
    return new HttpFailure(408, "The body did not arrive within " + time + ": send it faster.");
  }

  private HttpFailure tooLong() {
    return new HttpFailure(
        413, "The body is longer than " + most + " bytes: send smaller or fewer images.");
  }

  /** Reads what has arrived, and returns to be called again when there is more. */
  @Override
  public void run() {
    while (!done.isDone()) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        fail(chunk.getFailure());
        return;
      }
      boolean last = chunk.isLast();
      keep(chunk.getByteBuffer());
      chunk.release();
      if (last) {
        finish();
      }
    }
  }

  // Not while late() ends the request: the room taken here is given back at its end.
  private synchronized void keep(ByteBuffer content) {
    if (done.isDone()) {
      return;
    }
    int length = content.remaining();
    received += length;
    if (refusal == null && received > most) {
      refusal = tooLong();
    }
    if (refusal == null && !held.take(length)) {
      refusal = HttpFailure.busy("the bodies of its requests fill its memory");
    }
    if (refusal != null) {
      bytes.reset();
      return;
    }
    taken.addAndGet(length);
    byte[] copy = new byte[length];
    content.get(copy);
    bytes.writeBytes(copy);
  }

  private void finish() {
    if (refusal == null) {
      done.complete(bytes.toByteArray());
    } else {
      done.completeExceptionally(refusal);
    }
  }

  private void fail(Throwable failure) {
    if (refusal != null) {
      done.completeExceptionally(refusal);
    } else if (failure instanceof TimeoutException) {
      done.completeExceptionally(tooSlow("the time that the connection may be idle"));
    } else {
      done.completeExceptionally(
          new HttpFailure(400, "The body ended before the length that its headers announce."));
    }
  }
}
