package dev.discern.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Files over HTTP on this machine, with the faults that a test asks for. */
public final class FileServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Files by path without the leading slash. */
  public final Map<String, byte[]> files = new ConcurrentHashMap<>();

  /** Headers of the answers, by path. */
  public final Map<String, Map<String, String>> headers = new ConcurrentHashMap<>();

  /** The status codes of paths that fail each time, or redirect by a header of theirs. */
  public final Map<String, Integer> statuses = new ConcurrentHashMap<>();

  /** What was asked for: {@code path}, {@code path from N} or {@code HEAD path}. */
  public final List<String> requests = new CopyOnWriteArrayList<>();

  /** The {@code Authorization} of each request; empty where there is none. */
  public final List<String> tokens = new CopyOnWriteArrayList<>();

  /** Answers that are cut after this many bytes; one is taken away a request. */
  public final List<Integer> cuts = new CopyOnWriteArrayList<>();

  /** Answers that send nothing more after this many bytes; one is taken away a request. */
  public final List<Integer> stalls = new CopyOnWriteArrayList<>();

  /** Status codes to answer with before files are sent; one is taken away a request. */
  public final List<Integer> failures = new CopyOnWriteArrayList<>();

  public volatile boolean knowsRanges = true;

  public FileServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public URI uri(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/" + path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath().substring(1);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      String range = exchange.getRequestHeaders().getFirst("Range");
      int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
      requests.add((head ? "HEAD " : "") + (range == null ? path : path + " from " + from));
      String token = exchange.getRequestHeaders().getFirst("Authorization");
      tokens.add(token == null ? "" : token);
      headers.getOrDefault(path, Map.of()).forEach(exchange.getResponseHeaders()::set);
      byte @Nullable [] file = files.get(path);
      if (!failures.isEmpty()) {
        exchange.sendResponseHeaders(failures.remove(0), -1);
      } else if (statuses.containsKey(path)) {
        exchange.sendResponseHeaders(statuses.getOrDefault(path, 500), -1);
      } else if (file == null) {
        exchange.sendResponseHeaders(404, -1);
      } else if (head) {
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(file.length));
        exchange.sendResponseHeaders(200, -1);
      } else {
        send(exchange, file, knowsRanges ? from : 0);
      }
    }
  }

  private void send(HttpExchange exchange, byte[] file, int from) throws IOException {
    if (from >= file.length) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + file.length);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + (file.length - 1) + "/" + file.length);
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, file.length - from);
    boolean stalls = !this.stalls.isEmpty();
    List<Integer> faults = stalls ? this.stalls : cuts;
    int length =
        faults.isEmpty() ? file.length - from : Math.min(faults.remove(0), file.length - from);
    exchange.getResponseBody().write(file, from, length);
    exchange.getResponseBody().flush();
    if (stalls) {
      awaitClose();
    }
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
