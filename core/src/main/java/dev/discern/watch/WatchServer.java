package dev.discern.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.discern.config.Check;
import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import dev.discern.run.RunDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves a page that follows a run, to this machine only. It reads the run directory and never
 * writes to it, so it can start before, during or after training and keeps working when training
 * restarts.
 */
public final class WatchServer implements AutoCloseable {
  private static final long LOOK_MILLIS = 250;
  private static final long HEARTBEAT_MILLIS = 5_000;

  private final HttpServer server;
  private final Feed feed = new Feed();
  private final EventStream events;
  private final Assets assets = new Assets();
  private final ExecutorService clients = Executors.newCachedThreadPool(daemons("client"));
  private final Thread follower;
  private final CountDownLatch closed = new CountDownLatch(1);

  private WatchServer(HttpServer server, Path run, long heartbeatMillis) {
    this.server = server;
    this.events = new EventStream(feed, heartbeatMillis);
    this.follower = daemons("follower").newThread(() -> follow(new RunFollower(run, feed)));
    follower.start();
    server.createContext("/", this::answer).getFilters().add(new Gate());
    server.setExecutor(clients);
    server.start();
  }

  /**
   * Starts a server.
   *
   * @param run the run directory; {@code config.yaml} must exist, other files may appear later
   * @param port a TCP port of the loopback address; 0 for any free port
   * @return the running server, which the caller closes
   * @throws InvalidConfig if there is no such directory, it is not a run, or the port is out of
   *     range
   * @throws WorkFailed if the server cannot bind the port
   */
  public static WatchServer start(Path run, int port) {
    return start(run, port, HEARTBEAT_MILLIS);
  }

  static WatchServer start(Path run, int port, long heartbeatMillis) {
    Check.that(port >= 0 && port <= 65_535, "The port", port, "must be from 0 (any free) to 65535");
    RunDirectory.open(run).config();
    return new WatchServer(bind(port), run, heartbeatMillis);
  }

  private static HttpServer bind(int port) {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new WorkFailed(
          "Port "
              + port
              + " can't be had ("
              + e.getMessage()
              + "): choose another port, or none for a free one.",
          e);
    }
  }

  /**
   * The address of the page.
   *
   * @return the address with the port
   */
  public URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
  }

  /** The number of connected pages. */
  int clients() {
    return events.clients();
  }

  /**
   * Waits until the server is closed.
   *
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public void awaitClose() throws InterruptedException {
    closed.await();
  }

  private static void follow(RunFollower run) {
    try {
      while (true) {
        run.look();
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/events")) {
        events.serve(exchange);
        return;
      }
      Optional<Assets.Asset> asset = assets.find(path);
      if (asset.isPresent()) {
        Answer.send(exchange, 200, asset.get().type(), asset.get().bytes());
      } else {
        Answer.text(exchange, 404, "Not found: the page is at /.");
      }
    }
  }

  /** Ends all streams and frees the port. */
  @Override
  public void close() {
    follower.interrupt();
    feed.close();
    server.stop(0);
    clients.shutdownNow();
    closed.countDown();
  }

  private static ThreadFactory daemons(String role) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "discern-watch-" + role + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
