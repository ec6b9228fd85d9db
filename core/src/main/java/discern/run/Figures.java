package discern.run;

import discern.metric.ClassificationResult;
import discern.train.EpochResult;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Results as JSON, under the names that {@code metrics.jsonl} and {@code result.json} use. */
final class Figures {
  private static final JsonMapper JSON = new JsonMapper();

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

  static ObjectNode summary(ClassificationResult result) {
    ObjectNode node = JSON.createObjectNode();
    node.put("samples", result.samples())
        .put("loss", result.loss())
        .put("top1", result.top1())
        .put("top5", result.top5())
        .put("ece", result.ece())
        .put("meanTrueProbability", result.meanTrueProbability())
        .put("meanStrongestRival", result.meanStrongestRival());
    return node;
  }

  static ObjectNode full(ClassificationResult result, List<String> classNames) {
    ObjectNode node = summary(result);
    ArrayNode classes = node.putArray("perClass");
    result
        .perClass()
        .forEach(
            figures -> {
              ObjectNode entry = JSON.valueToTree(figures);
              entry.put("name", classNames.get(figures.index()));
              classes.add(entry);
            });
    node.set("confusion", JSON.valueToTree(result.confusion()));
    node.set("reliability", JSON.valueToTree(result.reliability()));
    return node;
  }

  static ArrayNode mostConfused(ClassificationResult result, List<String> classNames) {
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
