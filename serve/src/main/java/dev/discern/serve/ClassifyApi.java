package dev.discern.serve;

import dev.discern.certainty.AdaptiveSet;
import dev.discern.failure.DiscernException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.eclipse.jetty.http.HttpHeader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/models/NAME:classify}: the figures of {@code predict --json}, over HTTP. */
final class ClassifyApi {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int SHOWN = 3;

  private final Models models;
  private final ClassifyBody bodies;
  private final Classifying classifying;
  private final Executor executor;

  ClassifyApi(Models models, Limits limits, Classifying classifying, Executor executor) {
    this.models = models;
    this.bodies = new ClassifyBody(limits.maxImages());
    this.classifying = classifying;
    this.executor = executor;
  }

  CompletionStage<Reply> classify(Call call) {
    ModelSlot slot = models.named(call.model());
    ClassifyQuery query = ClassifyQuery.of(call.query());
    List<Input.Encoded> images =
        bodies.images(call.exchange().header(HttpHeader.CONTENT_TYPE), call.body());
    call.exchange().images = images.size();
    ModelVersion version = slot.retain();
    try {
      OptionalDouble threshold = threshold(version, query);
      return classifying
          .classify(slot.name(), version, images)
          .thenApplyAsync(
              answers -> reply(call, version.model().info(), query, threshold, images, answers),
              executor);
    } finally {
      // The jobs retain it themselves.
      version.release();
    }
  }

  private static OptionalDouble threshold(ModelVersion version, ClassifyQuery query) {
    if (version.model().info().severalLabels() && query.reject().isPresent()) {
      throw new HttpFailure(
          400, "This model gives an image several labels, so no image is unsure: omit reject.");
    }
    if (query.coverage().isEmpty()) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(version.model().threshold(query.coverage().getAsDouble()));
    } catch (DiscernException e) {
      throw new HttpFailure(400, String.valueOf(e.getMessage()));
    }
  }

  private static Reply reply(
      Call call,
      ModelInfo info,
      ClassifyQuery query,
      OptionalDouble threshold,
      List<Input.Encoded> images,
      List<double[]> answers) {
    ObjectNode node = JSON.createObjectNode().put("model", call.model());
    ArrayNode predictions = node.putArray("predictions");
    for (int i = 0; i < answers.size(); i++) {
      ObjectNode prediction = predictions.addObject();
      if (!images.get(i).name().isEmpty()) {
        prediction.put("file", images.get(i).name());
      }
      describe(prediction, info, query, threshold, answers.get(i));
    }
    node.put("milliseconds", milliseconds(call.exchange().nanos()));
    return Reply.json(node);
  }

  private static void describe(
      ObjectNode node,
      ModelInfo info,
      ClassifyQuery query,
      OptionalDouble threshold,
      double[] probabilities) {
    int[] order =
        IntStream.range(0, probabilities.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer k) -> -probabilities[k]))
            .mapToInt(k -> k)
            .toArray();
    double first = probabilities[order[0]];
    boolean unsure = query.reject().isPresent() && first < query.reject().getAsDouble();
    if (info.severalLabels()) {
      ArrayNode labels = node.putArray("labels");
      IntStream.of(order)
          .filter(k -> probabilities[k] >= 0.5)
          .forEach(k -> labels.add(info.classes().get(k)));
    } else {
      node.put("class", unsure ? null : info.classes().get(order[0])).put("probability", first);
    }
    query.reject().ifPresent(asked -> node.put("unsure", unsure));
    threshold.ifPresent(
        limit -> {
          int size = AdaptiveSet.size(AdaptiveSet.descending(probabilities), limit);
          ArrayNode set = node.putArray("set");
          IntStream.of(order).limit(size).forEach(k -> set.add(info.classes().get(k)));
        });
    ArrayNode classes = node.putArray("classes");
    IntStream.of(order)
        .limit(query.top().orElse(info.severalLabels() ? order.length : SHOWN))
        .forEach(
            k ->
                classes
                    .addObject()
                    .put("name", info.classes().get(k))
                    .put("probability", probabilities[k]));
  }

  private static double milliseconds(long nanos) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.2f", nanos / 1e6));
  }
}
