package dev.discern.data;

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
import org.jspecify.annotations.Nullable;

/** Files over HTTP on this machine, with the faults that a test asks for. */
final class FileServer implements AutoCloseable {
  private final HttpServer server;

  /** Files by path without the leading slash. */
  final Map<String, byte[]> files = new ConcurrentHashMap<>();

  /** What was asked for: {@code path} or {@code path from N}. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  /** Answers that are cut after this many bytes; one is taken away a request. */
  final List<Integer> cuts = new CopyOnWriteArrayList<>();

  /** Status codes to answer with before files are sent; one is taken away a request. */
  final List<Integer> failures = new CopyOnWriteArrayList<>();

  volatile boolean knowsRanges = true;

  FileServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI uri(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/" + path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(1);
      String range = exchange.getRequestHeaders().getFirst("Range");
      int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
      requests.add(range == null ? path : path + " from " + from);
      byte @Nullable [] file = files.get(path);
      if (!failures.isEmpty()) {
        exchange.sendResponseHeaders(failures.remove(0), -1);
      } else if (file == null) {
        exchange.sendResponseHeaders(404, -1);
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
    int length = cuts.isEmpty() ? file.length - from : Math.min(cuts.remove(0), file.length - from);
    exchange.getResponseBody().write(file, from, length);
    exchange.getResponseBody().flush();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
