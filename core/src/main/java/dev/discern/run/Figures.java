package dev.discern.run;

import dev.discern.metric.ClassificationResult;
import dev.discern.metric.EvaluationResult;
import dev.discern.metric.MultiLabelResult;
import dev.discern.train.EpochResult;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts results to JSON, under the names that {@code metrics.jsonl} and {@code result.json} use.
 */
final class Figures {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Figures() {}

  static ObjectNode epoch(EpochResult result) {
    ObjectNode node = JSON.createObjectNode();
    node.put("epoch", result.epoch()).put("steps", result.steps()).put("lr", result.lr());
    ObjectNode train = node.putObject("train");
    train.put("loss", result.trainLoss()).put("top1", result.trainTop1());
    result.terms().forEach(train::put);
    node.set("validation", summary(result.validation()));
    node.put("seconds", result.seconds()).put("imagesPerSecond", result.imagesPerSecond());
    return node;
  }

  static ObjectNode summary(EvaluationResult result) {
    ObjectNode node =
        JSON.createObjectNode().put("samples", result.samples()).put("loss", result.loss());
    if (result instanceof MultiLabelResult labels) {
      return node.put("mAP", labels.meanAveragePrecision())
          .put("precision", labels.precision())
          .put("recall", labels.recall())
          .put("f1", labels.f1())
          .put("overallPrecision", labels.overallPrecision())
          .put("overallRecall", labels.overallRecall())
          .put("overallF1", labels.overallF1())
          .put("hammingLoss", labels.hammingLoss())
          .put("rankingLoss", labels.rankingLoss())
          .put("oneError", labels.oneError())
          .put("coverage", labels.coverage());
    }
    ClassificationResult classes = (ClassificationResult) result;
    return node.put("top1", classes.top1())
        .put("top5", classes.top5())
        .put("ece", classes.ece())
        .put("meanTrueProbability", classes.meanTrueProbability())
        .put("meanStrongestRival", classes.meanStrongestRival());
  }

  static ObjectNode full(EvaluationResult result, List<String> classNames) {
    ObjectNode node = summary(result);
    ArrayNode classes = node.putArray("perClass");
    if (result instanceof MultiLabelResult labels) {
      labels.perClass().forEach(each -> add(classes, each, classNames.get(each.index())));
    } else if (result instanceof ClassificationResult one) {
      one.perClass().forEach(each -> add(classes, each, classNames.get(each.index())));
      node.set("confusion", JSON.valueToTree(one.confusion()));
      node.set("reliability", JSON.valueToTree(one.reliability()));
    }
    return node;
  }

  private static void add(ArrayNode classes, Object figures, String name) {
    ObjectNode entry = JSON.valueToTree(figures);
    classes.add(entry.put("name", name));
  }

  static ArrayNode mostConfused(EvaluationResult result, List<String> classNames) {
    ArrayNode pairs = JSON.createArrayNode();
    result
        .mostConfused()
        .forEach(
            pair ->
                pairs
                    .addObject()
                    .put("a", classNames.get(pair.a()))
                    .put("b", classNames.get(pair.b()))
                    .put("aAsB", pair.aAsB())
                    .put("bAsA", pair.bAsA())
                    .put("rate", pair.rate()));
    return pairs;
  }
}
