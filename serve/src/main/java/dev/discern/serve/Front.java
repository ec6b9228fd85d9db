package dev.discern.serve;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Every request passes here: it is admitted, read, given to its route, answered, counted and
 * logged. No thread waits in between.
 */
final class Front extends Handler.Abstract.NonBlocking {
  private final List<Route> routes;
  private final Gate gate;
  private final Limits limits;
  private final HeldBytes held;
  private final Executor executor;
  private final Metrics metrics;
  private final AccessLog log;
  private final AtomicInteger open = new AtomicInteger();
  private volatile boolean draining;

  Front(
      List<Route> routes,
      Gate gate,
      Limits limits,
      HeldBytes held,
      Executor executor,
      Metrics metrics,
      AccessLog log) {
    this.routes = List.copyOf(routes);
    this.gate = gate;
    this.limits = limits;
    this.held = held;
    this.executor = executor;
    this.metrics = metrics;
    this.log = log;
  }

  List<Route> routes() {
    return routes;
  }

  /** Requests that are not answered completely. */
  int open() {
    return open.get();
  }

  /** From now on, every answer closes its connection. */
  void drain() {
    draining = true;
  }

  /** A route, and the model in the path. */
  private record Found(Route route, String model) {}

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Exchange exchange = new Exchange(request);
    open.incrementAndGet();
    Found found = null;
    HttpFailure refusal = null;
    try {
      found = find(exchange);
      gate.admit(exchange, found.route());
      exchange.endpoint = found.route().template();
      exchange.model = found.model();
    } catch (HttpFailure e) {
      refusal = e;
    }
    BodyReader body = reader(exchange, found, refusal);
    Found route = found;
    var unused =
        body.read(limits.bodyTimeout())
            .thenComposeAsync(bytes -> call(exchange, route, bytes), executor)
            .whenComplete(
                (reply, failure) -> {
                  held.give(body.taken());
                  answer(exchange, response, callback, reply, failure);
                });
    return true;
  }

  private BodyReader reader(
      Exchange exchange, @Nullable Found found, @Nullable HttpFailure refusal) {
    // A body that nobody asked for counts as too long.
    int most = found != null && found.route().takesBody() ? limits.maxBodyBytes() : 0;
    return new BodyReader(exchange.request, most, held, refusal);
  }

  private Found find(Exchange exchange) {
    List<Found> onPath =
        routes.stream()
            .flatMap(
                route ->
                    route.modelIn(exchange.path()).map(model -> new Found(route, model)).stream())
            .toList();
    Optional<Found> found =
        onPath.stream().filter(each -> each.route().takes(exchange.method())).findFirst();
    if (found.isPresent()) {
      return found.get();
    }
    if (onPath.isEmpty()) {
      throw new HttpFailure(
          404, "There is nothing at this path: /openapi.json lists what there is.");
    }
    String methods = onPath.stream().map(f -> f.route().method()).collect(Collectors.joining(", "));
    throw new HttpFailure(
        405, "This path supports " + methods + " only.", java.util.Map.of("Allow", methods));
  }

  private static CompletionStage<Reply> call(
      Exchange exchange, @Nullable Found found, byte[] body) {
    if (found == null) {
      return CompletableFuture.failedFuture(new IllegalStateException("refused before"));
    }
    exchange.bodyBytes = body.length;
    String encoding = exchange.header(HttpHeader.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new HttpFailure(
          415, "Bodies with a Content-Encoding are not supported: send it without compression.");
    }
    return found
        .route()
        .endpoint()
        .answer(new Call(exchange, found.model(), Queries.of(exchange), body));
  }

  private void answer(
      Exchange exchange,
      Response response,
      Callback callback,
      @Nullable Reply reply,
      @Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
    Reply sent = reply != null ? reply : Reply.failure(asHttp(cause));
    response.setStatus(sent.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, sent.type());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, sent.body().length);
    response.getHeaders().put("X-Request-Id", exchange.id);
    Gate.HEADERS.forEach(response.getHeaders()::put);
    sent.headers().forEach(response.getHeaders()::put);
    if (draining || sent.status() == 408) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    response.write(
        true,
        ByteBuffer.wrap(sent.body()),
        Callback.from(
            () -> {
              finish(exchange, sent.status(), cause, "");
              callback.succeeded();
            },
            problem -> {
              finish(exchange, sent.status(), cause, "The client was gone.");
              callback.failed(problem);
            }));
  }

  private static HttpFailure asHttp(@Nullable Throwable cause) {
    return cause instanceof HttpFailure known
        ? known
        : new HttpFailure(500, "The server failed; its log says more under this request's ID.");
  }

  private void finish(Exchange exchange, int status, @Nullable Throwable cause, String gone) {
    metrics.answered(exchange.endpoint, status, exchange.nanos());
    log.request(exchange, status, cause, gone);
    open.decrementAndGet();
  }
}
