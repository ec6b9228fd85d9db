package dev.discern.report;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The learning curves of a method: the mean over its seeds and the band between the extremes. */
final class LearningCurves {
  private static final Set<String> COMMON = Set.of("loss", "top1", "gain");

  private LearningCurves() {}

  /** One object per epoch, up to the last epoch of the longest run of the group. */
  static ArrayNode of(Group group) {
    int epochs = group.runs().stream().mapToInt(run -> run.epochs().size()).max().orElse(0);
    ArrayNode curves = Json.array();
    for (int e = 0; e < epochs; e++) {
      int epoch = e;
      List<JsonNode> lines =
          group.runs().stream()
              .filter(run -> run.epochs().size() > epoch)
              .map(run -> run.epochs().get(epoch))
              .toList();
      ObjectNode node = curves.addObject().put("epoch", epoch + 1);
      node.put("lr", lines.get(0).path("lr").asDouble());
      band(node, "trainLoss", lines, "/train/loss");
      band(node, "trainTop1", lines, "/train/top1");
      band(node, "validationLoss", lines, "/validation/loss");
      band(node, "validationTop1", lines, "/validation/top1");
      band(node, "validationMAP", lines, "/validation/mAP");
      band(node, "gain", lines, "/train/gain");
      for (String term : terms(lines)) {
        band(node, "term:" + term, lines, "/train/" + term);
      }
    }
    return curves;
  }

  // The figures that only this method logs: its batch terms and additional figures.
  private static Set<String> terms(List<JsonNode> lines) {
    Set<String> terms = new TreeSet<>(lines.get(0).path("train").propertyNames());
    terms.removeAll(COMMON);
    return terms;
  }

  private static void band(ObjectNode node, String name, List<JsonNode> lines, String pointer) {
    List<JsonNode> values = lines.stream().map(line -> line.at(pointer)).toList();
    // An infinite gain is written as text and cannot be plotted.
    if (!values.stream().allMatch(JsonNode::isNumber)) {
      node.putNull(name);
      return;
    }
    double[] numbers = values.stream().mapToDouble(JsonNode::asDouble).toArray();
    node.putObject(name)
        .put("mean", Arrays.stream(numbers).average().orElseThrow())
        .put("low", Arrays.stream(numbers).min().orElseThrow())
        .put("high", Arrays.stream(numbers).max().orElseThrow());
  }
}
