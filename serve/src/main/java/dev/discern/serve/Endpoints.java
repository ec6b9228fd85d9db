package dev.discern.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** All routes of a server. */
final class Endpoints {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final List<Route> routes = new ArrayList<>();

  Endpoints(
      Models models,
      Limits limits,
      BatchQueue queue,
      Metrics metrics,
      Executor executor,
      BooleanSupplier closing) {
    Classifying classifying = new Classifying(queue, metrics);
    Assets assets = new Assets();
    assets.paths().forEach(path -> routes.add(Route.get(path, call -> assets.at(path)).open()));
    ModelsApi list = new ModelsApi(models);
    routes.add(Route.get("/v1/models", list::all));
    routes.add(Route.get("/v1/models/{model}", list::one));
    ClassifyApi classify = new ClassifyApi(models, limits, classifying, executor);
    routes.add(Route.post("/v1/models/{model}:classify", classify::classify));
    routes.add(
        Route.get(
            "/metrics",
            call -> CompletableFuture.completedFuture(Reply.text(PROMETHEUS, metrics.text()))));
    routes.addAll(new V2Api(models, closing).routes());
    InferApi infer = new InferApi(models, limits, classifying, executor);
    routes.add(Route.post("/v2/models/{model}/infer", infer::infer));
  }

  List<Route> routes() {
    return List.copyOf(routes);
  }
}
