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
 * Server-sent events, as https://html.spec.whatwg.org/multipage/server-sent-events.html has them:
 * {@code state} and {@code progress} as a {@link Snapshot} holds them, both in full at first and
 * then each when it changes, and {@code clock}, this machine's time, now and then. Since a stream
 * begins with everything, one that reconnects has missed nothing.
 */
final class EventStream {
  private final Feed feed;
  private final long heartbeatMillis;
  private final AtomicInteger clients = new AtomicInteger();

  /**
   * Streams a feed.
   *
   * @param heartbeatMillis a client is written to at least this often; only so can one that has
   *     left be told from one that waits
   */
  EventStream(Feed feed, long heartbeatMillis) {
    this.feed = feed;
    this.heartbeatMillis = heartbeatMillis;
  }

  /** How many are connected. */
  int clients() {
    return clients.get();
  }

  /** Serves one client, in its thread, until it leaves or the feed is closed. */
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

  // JSON as Jackson writes it has no line breaks, which would end the data.
  private static String event(String name, String data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
