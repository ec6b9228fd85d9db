package dev.discern.serve;

import dev.discern.failure.DiscernException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves models over HTTP. Closing it finishes the requests that it has accepted.
 *
 * <p>Safe for use by several threads.
 */
public final class ModelServer implements AutoCloseable {
  private static final long LOOK_MILLIS = 1000;
  private static final Duration IDLE = Duration.ofSeconds(60);
  // How long a connection that is idle when the server closes may still send a request.
  private static final Duration LAST_CALL = Duration.ofMillis(500);
  private static final int HTTP_THREADS = 16;

  private final Server server;
  private final ServerConnector connector;
  private final Models models;
  private final Workers workers;
  private final Front front;
  private final ServeOptions options;
  private final AccessLog log;
  private volatile int port;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  private ModelServer(ServeOptions options, Models models, AccessLog log, Metrics metrics) {
    this.options = options;
    this.log = log;
    this.models = models;
    BatchQueue queue = new BatchQueue(options.limits().maxQueue(), options.batching());
    QueuedThreadPool threads = new QueuedThreadPool(HTTP_THREADS);
    threads.setName("discern-http");
    threads.setDaemon(true);
    this.server = new Server(threads);
    this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http()));
    connector.setHost(options.host());
    connector.setPort(options.port());
    connector.setIdleTimeout(IDLE.toMillis());
    server.addConnector(connector);
    Endpoints endpoints =
        new Endpoints(models, options.limits(), queue, metrics, threads, closing::get);
    this.front =
        new Front(
            endpoints.routes(),
            new Gate(options.host(), options.token()),
            options.limits(),
            new HeldBytes(Runtime.getRuntime().maxMemory() / 4),
            threads,
            metrics,
            log);
    server.setHandler(front);
    server.setErrorHandler(new PlainAnswers());
    metrics.queue(queue::length);
    metrics.requests(front::open);
    this.workers = new Workers(queue, options.batching().workers(), metrics);
  }

  private static HttpConfiguration http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    return http;
  }

  /**
   * Opens models and starts a server.
   *
   * @param sources the models, with distinct names
   * @param options how it runs
   * @param log receives a line per request
   * @return the running server, which the caller closes
   * @throws dev.discern.failure.InvalidRequest if an option or a model is wrong
   * @throws DiscernException if a model cannot be opened, or the port is in use
   */
  public static ModelServer start(List<ModelSource> sources, ServeOptions options, AccessLog log) {
    return start(sources, options, log, options::open, LOOK_MILLIS);
  }

  static ModelServer start(
      List<ModelSource> sources,
      ServeOptions options,
      AccessLog log,
      Opener opener,
      long lookMillis) {
    Metrics metrics = new Metrics();
    Models models = Models.open(sources, opener, new CountedNotices(log, metrics), lookMillis);
    ModelServer server = new ModelServer(options, models, log, metrics);
    server.listen();
    log.started(server.address().toString(), server.modelNames());
    return server;
  }

  private void listen() {
    try {
      server.start();
      port = connector.getLocalPort();
    } catch (Exception e) {
      workers.close();
      models.close();
      stop();
      throw new CannotListen(
          "Cannot listen on port "
              + options.port()
              + " of "
              + options.host()
              + " ("
              + (e instanceof IOException ? rootMessage(e) : e.toString())
              + "): choose another port or host, or port 0 for any free one.",
          e);
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  /** The port cannot be had. */
  private static final class CannotListen extends DiscernException {
    private static final long serialVersionUID = 1L;

    CannotListen(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * The address of the page.
   *
   * @return the address with the port
   */
  public URI address() {
    String host = options.host();
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/");
  }

  List<Route> routes() {
    return front.routes();
  }

  /**
   * The names of the models.
   *
   * @return the names in the order given
   */
  public List<String> modelNames() {
    return models.all().stream().map(ModelSlot::name).toList();
  }

  /**
   * Closes the server at SIGTERM or Ctrl-C, after which {@link #awaitClose} returns. It takes over
   * both signals of the process: for programs that do nothing but serve.
   */
  public void closeOnSignals() {
    EndSignals.handle(this::close);
  }

  /**
   * Waits until the server is closed.
   *
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public void awaitClose() throws InterruptedException {
    closed.await();
  }

  /**
   * Stops listening, finishes the requests that it has accepted, for as long as {@link
   * Limits#grace} says, and frees all memory. A second call waits for the first.
   */
  @Override
  public void close() {
    try {
      if (closing.compareAndSet(false, true)) {
        // In this order: an answer that ends its connection makes the client connect again, and the
        // system resets what it has accepted and the server has not when listening ends.
        connector.close();
        front.drain();
        awaitRequests();
        int unfinished = front.open();
        if (unfinished == 0) {
          workers.close();
        } else {
          workers.abandon();
        }
        stop();
        models.close();
        log.stopped(unfinished);
        closed.countDown();
      } else {
        closed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitRequests() throws InterruptedException {
    long begin = System.nanoTime();
    long grace = options.limits().grace().toNanos();
    while (System.nanoTime() - begin < grace) {
      boolean lastCallOver = System.nanoTime() - begin >= LAST_CALL.toNanos();
      boolean idle = front.open() == 0;
      if (idle && (lastCallOver || connector.getConnectedEndPoints().isEmpty())) {
        return;
      }
      Thread.sleep(5);
    }
  }

  private void stop() {
    try {
      server.stop();
    } catch (Exception e) {
      // The process ends anyway; whatever did not stop is a daemon.
    }
  }
}
