package dev.discern.watch;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): {@code
 * state} and {@code progress} from a {@link Snapshot}, both sent at the start and then whenever
 * they change, and {@code clock}, the time of this machine, sent periodically. A stream starts with
 * the complete data, so a client that reconnects misses nothing.
 */
final class EventStream {
  private final Feed feed;
  private final long heartbeatMillis;
  private final AtomicInteger clients = new AtomicInteger();

  /**
   * Creates a stream of a feed.
   *
   * @param heartbeatMillis the maximum interval between writes to a client; writing is the only way
   *     to detect that a client has disconnected
   */
  EventStream(Feed feed, long heartbeatMillis) {
    this.feed = feed;
    this.heartbeatMillis = heartbeatMillis;
  }

  /** The number of connected clients. */
  int clients() {
    return clients.get();
  }

  /** Serves one client on the calling thread until the client disconnects or the feed is closed. */
  void serve(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    clients.incrementAndGet();
    try (OutputStream out = exchange.getResponseBody()) {
      write(out, "retry: 1000\n\n");
      follow(out);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      clients.decrementAndGet();
    }
  }

  private void follow(OutputStream out) throws IOException, InterruptedException {
    Snapshot sent = null;
    while (!feed.isClosed()) {
      Optional<Snapshot> news = feed.awaitOtherThan(sent, heartbeatMillis);
      write(out, event("clock", Instant.now().toString()) + changes(sent, news));
      sent = news.orElse(sent);
    }
  }

  private static String changes(@Nullable Snapshot sent, Optional<Snapshot> news) {
    if (news.isEmpty()) {
      return "";
    }
    Snapshot now = news.get();
    boolean sameState = sent != null && sent.state().equals(now.state());
    boolean sameProgress = sent != null && sent.progress().equals(now.progress());
    return (sameState ? "" : event("state", now.state()))
        + (sameProgress ? "" : event("progress", now.progress()));
  }

  // A line break would end the data, but Jackson writes JSON without line breaks.
  private static String event(String name, String data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
