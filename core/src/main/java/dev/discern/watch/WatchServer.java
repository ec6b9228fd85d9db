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
 * Serves a page that follows a run, to this machine alone. It reads the run's directory and never
 * writes to it, so it may start before, during and after training, and outlives restarts of it.
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
   * Begins to serve.
   *
   * @param run the run's directory; it needs its {@code config.yaml}, all else may be yet to come
   * @param port a TCP port of the loopback address; 0 for any free one
   * @return the server, to be closed
   * @throws InvalidConfig if there is no such directory, it is not a run, or the port is not one
   * @throws WorkFailed if the port cannot be bound
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
   * Where the page is.
   *
   * @return its address, with the port
   */
  public URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
  }

  /** How many pages follow. */
  int clients() {
    return events.clients();
  }

  /**
   * Waits until the server is closed.
   *
   * @throws InterruptedException if the waiting thread is to end
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
        Answer.text(exchange, 404, "There is nothing here: the page is at /.");
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
