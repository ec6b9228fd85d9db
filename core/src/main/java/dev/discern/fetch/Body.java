package dev.discern.fetch;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The content of an answer, piece by piece. The JDK's stream waits forever on a connection that
 * stalls, does not heed interrupts, and drops what has arrived when a connection is cut.
 */
final class Body implements HttpResponse.BodySubscriber<Body>, AutoCloseable {
  private final BlockingQueue<Piece> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

  private record Piece(List<ByteBuffer> bytes, boolean last, @Nullable Throwable failure) {}

  @Override
  public CompletionStage<Body> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    if (subscription.complete(given)) {
      given.request(1);
    } else {
      given.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    received.add(new Piece(bytes, false, null));
  }

  @Override
  public void onError(Throwable failure) {
    received.add(new Piece(List.of(), true, failure));
  }

  @Override
  public void onComplete() {
    received.add(new Piece(List.of(), true, null));
  }

  /**
   * Waits for more.
   *
   * @param stall how long at most
   * @return the next bytes, never empty; an empty list at the end
   * @throws IOException if the connection is cut, or nothing comes
   */
  List<ByteBuffer> next(Duration stall) throws IOException, InterruptedException {
    while (true) {
      Piece piece = received.poll(stall.toNanos(), TimeUnit.NANOSECONDS);
      if (piece == null) {
        throw new IOException("the server sent nothing for " + stall.toSeconds() + " s");
      }
      if (piece.failure() != null) {
        throw new IOException("the connection was cut", piece.failure());
      }
      if (piece.last()) {
        return List.of();
      }
      subscription.join().request(1);
      if (!piece.bytes().isEmpty()) {
        return piece.bytes();
      }
    }
  }

  /** Gives up what is missing. */
  @Override
  public void close() {
    var unused = subscription.thenAccept(Flow.Subscription::cancel);
  }
}
