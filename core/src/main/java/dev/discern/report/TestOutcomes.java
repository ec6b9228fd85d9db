package dev.discern.report;

import dev.discern.metric.ClassFigures;
import dev.discern.metric.ConfusedPair;
import dev.discern.metric.Confusion;
import dev.discern.run.Predictions;
import dev.discern.run.Predictions.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The test outcomes of the finished runs of a method, pooled over the seeds. */
final class TestOutcomes {
  private static final int HISTOGRAM_BINS = 20;
  static final int PAIRS = 10;
  static final int WORST = 24;
  static final int EXAMPLES = 8;
  private static final int CELLS = 120;

  private final Group group;
  private final List<Predictions> runs;
  private final List<String> classNames;

  TestOutcomes(Group group, List<String> classNames) {
    this.group = group;
    this.runs = group.predictions();
    this.classNames = classNames;
  }

  long[][] confusion() {
    long[][] counts = new long[classNames.size()][classNames.size()];
    for (Predictions run : runs) {
      run.rows().forEach(row -> counts[row.label()][row.predicted()]++);
    }
    return counts;
  }

  void addTo(ObjectNode node) {
    long[][] counts = confusion();
    Confusion confusion = new Confusion(counts);
    node.set(
        "reliability",
        Reliability.pooled(group.finished().stream().map(r -> r.result().at("/test/reliability"))));
    CertaintyFigures.of(group).addTo(node);
    node.set("histogramTrue", histogram(row -> Math.exp(row.logTrue())));
    node.set("histogramRival", histogram(row -> Math.exp(row.logRival())));
    node.set("confusion", Json.MAPPER.valueToTree(counts));
    node.set("perClass", perClass(confusion));
    node.set("mostConfused", mostConfused(confusion.mostConfused(PAIRS)));
    node.set("examples", examples());
    node.set("worst", worst());
  }

  private ArrayNode histogram(ToDoubleFunction<Row> probability) {
    double[] shares = new double[HISTOGRAM_BINS];
    long images = runs.stream().mapToLong(run -> run.rows().size()).sum();
    for (Predictions run : runs) {
      for (Row row : run.rows()) {
        int bin = (int) (probability.applyAsDouble(row) * HISTOGRAM_BINS);
        shares[Math.min(bin, HISTOGRAM_BINS - 1)] += 1.0 / images;
      }
    }
    return Json.MAPPER.valueToTree(shares);
  }

  private ArrayNode perClass(Confusion confusion) {
    ArrayNode classes = Json.array();
    for (ClassFigures figures : confusion.perClass()) {
      ObjectNode node = classes.addObject().put("name", classNames.get(figures.index()));
      Json.put(node, "precision", figures.precision());
      Json.put(node, "recall", figures.recall());
      Json.put(node, "f1", figures.f1());
      node.put("support", figures.support() / runs.size());
    }
    return classes;
  }

  static ArrayNode mostConfused(List<ConfusedPair> confused) {
    ArrayNode pairs = Json.array();
    for (ConfusedPair pair : confused) {
      pairs
          .addObject()
          .put("a", pair.a())
          .put("b", pair.b())
          .put("aAsB", pair.aAsB())
          .put("bAsA", pair.bAsA())
          .put("rate", pair.rate());
    }
    return pairs;
  }

  private record Cell(int label, int predicted) {}

  // For each cell, the images that most seeds confuse this way, the most confident errors first.
  private ArrayNode examples() {
    Map<Cell, Map<Integer, Double>> cells =
        new TreeMap<>(Comparator.comparingInt(Cell::label).thenComparingInt(Cell::predicted));
    for (Predictions run : runs) {
      for (int i = 0; i < run.rows().size(); i++) {
        Row row = run.rows().get(i);
        if (!row.isRight()) {
          cells
              .computeIfAbsent(new Cell(row.label(), row.predicted()), c -> new TreeMap<>())
              .merge(i, 1 - Math.exp(row.logTrue()), Double::sum);
        }
      }
    }
    ArrayNode node = Json.array();
    cells.entrySet().stream()
        .sorted(Comparator.comparingInt(cell -> -cell.getValue().size()))
        .limit(CELLS)
        .forEach(cell -> add(node, cell.getKey(), cell.getValue()));
    return node;
  }

  private static void add(ArrayNode node, Cell cell, Map<Integer, Double> images) {
    ObjectNode example =
        node.addObject().put("label", cell.label()).put("predicted", cell.predicted());
    ArrayNode chosen = example.putArray("images");
    images.entrySet().stream()
        .sorted(Map.Entry.<Integer, Double>comparingByValue().reversed())
        .limit(EXAMPLES)
        .forEach(image -> chosen.add(image.getKey()));
  }

  private ArrayNode worst() {
    int images = runs.get(0).rows().size();
    double[] means = new double[images];
    for (Predictions run : runs) {
      for (int i = 0; i < images; i++) {
        means[i] += run.rows().get(i).logTrue() / runs.size();
      }
    }
    ArrayNode node = Json.array();
    IntStream.range(0, images)
        .boxed()
        .filter(i -> runs.stream().anyMatch(run -> !run.rows().get(i).isRight()))
        .sorted(Comparator.comparingDouble(i -> means[i]))
        .limit(WORST)
        .forEach(
            i ->
                node.addObject()
                    .put("image", i)
                    .put("label", runs.get(0).rows().get(i).label())
                    .put("predicted", usual(i))
                    .put("trueProbability", Math.exp(means[i])));
    return node;
  }

  // The class that most seeds predict for the image.
  private int usual(int image) {
    int[] votes = new int[classNames.size()];
    runs.forEach(run -> votes[run.rows().get(image).predicted()]++);
    List<Integer> classes = new ArrayList<>(IntStream.range(0, votes.length).boxed().toList());
    return classes.stream().max(Comparator.comparingInt(k -> votes[k])).orElseThrow();
  }

  /** The images used by the page sections, the most informative first. */
  static List<Integer> imagesOf(JsonNode loss) {
    List<Integer> images = new ArrayList<>();
    loss.path("worst").forEach(worst -> images.add(worst.path("image").asInt()));
    loss.path("examples").forEach(cell -> cell.path("images").forEach(i -> images.add(i.asInt())));
    return images;
  }

  static double[] shares(long[] row) {
    double sum = Math.max(1, Arrays.stream(row).sum());
    return Arrays.stream(row).mapToDouble(count -> count / sum).toArray();
  }
}
