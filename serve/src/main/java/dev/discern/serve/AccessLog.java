package dev.discern.serve;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The server's log: one JSON object per line, for each request, for each change of a model, for
 * start and stop. It never holds a token, an image, or the parameters of an address.
 */
public final class AccessLog implements Notices {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final PrintWriter out;
  private final boolean debug;

  /**
   * Creates a log.
   *
   * @param out receives the lines; flushed after each
   * @param debug whether unexpected failures are logged with their stack traces
   */
  public AccessLog(PrintWriter out, boolean debug) {
    this.out = out;
    this.debug = debug;
  }

  void started(String address, List<String> models) {
    ObjectNode line = line("started").put("address", address);
    ArrayNode names = line.putArray("models");
    models.forEach(names::add);
    write(line);
  }

  void stopped(int unfinished) {
    write(line("stopped").put("unfinished", unfinished));
  }

  void request(Exchange exchange, int status, @Nullable Throwable cause, String gone) {
    ObjectNode line =
        line("request")
            .put("id", exchange.id)
            .put("client", remote(exchange))
            .put("method", exchange.method())
            .put("path", exchange.path())
            .put("status", status)
            .put("bytes", exchange.bodyBytes)
            .put("milliseconds", milliseconds(exchange.nanos()));
    if (!exchange.model.isEmpty()) {
      line.put("model", exchange.model);
    }
    if (exchange.images > 0) {
      line.put("images", exchange.images);
    }
    if (cause instanceof HttpFailure known) {
      line.put("error", known.sentence());
    } else if (cause != null) {
      line.put("error", cause.toString());
    }
    if (!gone.isEmpty()) {
      line.put("note", gone);
    }
    write(line);
    if (debug && cause != null && !(cause instanceof HttpFailure)) {
      trace(cause);
    }
  }

  @Override
  public void reloaded(String model) {
    write(line("reloaded").put("model", model));
  }

  @Override
  public void problem(String model, String sentence) {
    write(line("problem").put("model", model).put("error", sentence));
  }

  private static String remote(Exchange exchange) {
    return org.eclipse.jetty.server.Request.getRemoteAddr(exchange.request);
  }

  private static double milliseconds(long nanos) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.2f", nanos / 1e6));
  }

  private static ObjectNode line(String event) {
    return JSON.createObjectNode().put("time", Instant.now().toString()).put("event", event);
  }

  private void write(ObjectNode line) {
    String text = line.toString();
    synchronized (out) {
      out.println(text);
      out.flush();
    }
  }

  private void trace(Throwable cause) {
    synchronized (out) {
      cause.printStackTrace(out);
      out.flush();
    }
  }
}
