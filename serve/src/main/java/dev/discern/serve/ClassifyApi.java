package dev.discern.serve;

import dev.discern.runtime.Card;
import dev.discern.runtime.Prediction;
import dev.discern.runtime.Prediction.ClassProbability;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
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
    List<Input> images =
        bodies.images(call.exchange().header(HttpHeader.CONTENT_TYPE), call.body());
    call.exchange().images = images.size();
    ModelVersion version = slot.retain();
    try {
      query.requireSuits(version.classifier().card());
      return classifying
          .classify(slot.name(), version, images)
          .thenApplyAsync(answers -> reply(call, query, images, answers), executor);
    } finally {
      // The jobs retain it themselves.
      version.release();
    }
  }

  private static Reply reply(
      Call call, ClassifyQuery query, List<Input> images, List<Prediction> answers) {
    ObjectNode node = JSON.createObjectNode().put("model", call.model());
    ArrayNode predictions = node.putArray("predictions");
    for (int i = 0; i < answers.size(); i++) {
      ObjectNode prediction = predictions.addObject();
      if (!images.get(i).name().isEmpty()) {
        prediction.put("file", images.get(i).name());
      }
      describe(prediction, query, answers.get(i));
    }
    node.put("milliseconds", milliseconds(call.exchange().nanos()));
    return Reply.json(node);
  }

  private static void describe(ObjectNode node, ClassifyQuery query, Prediction prediction) {
    boolean several = prediction.task() == Card.Task.SEVERAL_LABELS;
    boolean unsure =
        query.reject().isPresent() && prediction.rejected(query.reject().getAsDouble());
    if (several) {
      names(node.putArray("labels"), prediction.labels());
    } else {
      node.put("class", unsure ? null : prediction.className())
          .put("probability", prediction.probability());
    }
    query.reject().ifPresent(asked -> node.put("unsure", unsure));
    query.coverage().ifPresent(c -> names(node.putArray("set"), prediction.set(c)));
    ArrayNode classes = node.putArray("classes");
    int shown = query.top().orElse(several ? prediction.ranking().size() : SHOWN);
    prediction
        .top(shown)
        .forEach(
            c -> classes.addObject().put("name", c.name()).put("probability", c.probability()));
  }

  private static void names(ArrayNode array, List<ClassProbability> classes) {
    classes.forEach(c -> array.add(c.name()));
  }

  private static double milliseconds(long nanos) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.2f", nanos / 1e6));
  }
}
