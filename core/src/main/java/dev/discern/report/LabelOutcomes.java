package dev.discern.report;

import dev.discern.metric.ConfusedPair;
import dev.discern.run.LabelPredictions;
import dev.discern.run.LabelPredictions.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The test outcomes of the finished runs of a method for several labels per image, pooled over the
 * seeds. A label counts as mistaken for another if it is missed and the other is wrongly predicted.
 */
final class LabelOutcomes {
  private static final List<String> MEANS =
      List.of("averagePrecision", "precision", "recall", "f1");

  private final Group group;
  private final List<LabelPredictions> runs;
  private final List<String> classNames;

  LabelOutcomes(Group group, List<String> classNames) {
    this.group = group;
    this.runs =
        group.finished().stream().map(run -> (LabelPredictions) run.requirePredictions()).toList();
    this.classNames = classNames;
  }

  void addTo(ObjectNode node) {
    List<ConfusedPair> confused = confused();
    node.set("perClass", perClass());
    node.set("mostConfused", TestOutcomes.mostConfused(confused));
    node.set("examples", examples(confused));
    node.set("worst", worst());
  }

  private ArrayNode perClass() {
    ArrayNode classes = Json.array();
    for (int k = 0; k < classNames.size(); k++) {
      String pointer = "/test/perClass/" + k;
      List<JsonNode> same = group.finished().stream().map(run -> run.result().at(pointer)).toList();
      ObjectNode node = classes.addObject().put("name", classNames.get(k));
      for (String figure : MEANS) {
        double[] known =
            same.stream()
                .map(each -> each.path(figure))
                .filter(JsonNode::isNumber)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
        Json.put(
            node,
            figure,
            known.length == 0 ? null : (Double) Arrays.stream(known).average().orElse(0));
      }
      node.put("support", same.get(0).path("support").asLong());
    }
    return classes;
  }

  private List<ConfusedPair> confused() {
    int classes = classNames.size();
    long[][] counts = new long[classes][classes];
    long[] support = new long[classes];
    for (LabelPredictions run : runs) {
      for (Row row : run.rows()) {
        row.labels().forEach(k -> support[k]++);
        missed(row).forEach(a -> wrong(row).forEach(b -> counts[a][b]++));
      }
    }
    return ConfusedPair.most(counts, support, TestOutcomes.PAIRS);
  }

  private static List<Integer> missed(Row row) {
    return row.labels().stream().filter(k -> !row.predicted().contains(k)).toList();
  }

  private static List<Integer> wrong(Row row) {
    return row.predicted().stream().filter(k -> !row.labels().contains(k)).toList();
  }

  // For each direction of a pair, the images that most seeds confuse this way.
  private ArrayNode examples(List<ConfusedPair> pairs) {
    ArrayNode node = Json.array();
    for (ConfusedPair pair : pairs) {
      addExample(node, pair.a(), pair.b());
      addExample(node, pair.b(), pair.a());
    }
    return node;
  }

  private void addExample(ArrayNode node, int label, int predicted) {
    Map<Integer, Integer> votes = new TreeMap<>();
    for (LabelPredictions run : runs) {
      for (int i = 0; i < run.size(); i++) {
        Row row = run.rows().get(i);
        if (isTaken(row, label, predicted)) {
          votes.merge(i, 1, Integer::sum);
        }
      }
    }
    ArrayNode images =
        node.addObject().put("label", label).put("predicted", predicted).putArray("images");
    votes.entrySet().stream()
        .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
        .limit(TestOutcomes.EXAMPLES)
        .forEach(image -> images.add(image.getKey()));
  }

  private static boolean isTaken(Row row, int label, int predicted) {
    return row.labels().contains(label)
        && !row.predicted().contains(label)
        && row.predicted().contains(predicted)
        && !row.labels().contains(predicted);
  }

  private ArrayNode worst() {
    double[] means = new double[runs.get(0).size()];
    for (LabelPredictions run : runs) {
      for (int i = 0; i < means.length; i++) {
        means[i] += run.rows().get(i).logLikelihood() / runs.size();
      }
    }
    ArrayNode node = Json.array();
    IntStream.range(0, means.length)
        .boxed()
        .filter(i -> runs.stream().anyMatch(run -> !run.isRight(i)))
        .sorted(Comparator.comparingDouble(i -> means[i]))
        .limit(TestOutcomes.WORST)
        .forEach(i -> add(node, i));
    return node;
  }

  private void add(ArrayNode node, int image) {
    Row first = runs.get(0).rows().get(image);
    ObjectNode worst = node.addObject().put("image", image);
    worst.set("labels", Json.MAPPER.valueToTree(first.labels()));
    worst.set("predicted", Json.MAPPER.valueToTree(usual(image)));
  }

  // The labels that more than half of the seeds predict.
  private List<Integer> usual(int image) {
    List<Integer> labels = new ArrayList<>();
    for (int k = 0; k < classNames.size(); k++) {
      int label = k;
      long votes =
          runs.stream().filter(run -> run.rows().get(image).predicted().contains(label)).count();
      if (2 * votes > runs.size()) {
        labels.add(label);
      }
    }
    return labels;
  }
}
