package dev.discern.report;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What one loss of a fixture has to show. */
final class FixtureLoss {
  private static final int EPOCHS = 10;
  private static final int IMAGES_OF_A_CLASS = 1000;

  private final String name;
  private final int place;
  private final List<String> classes;
  private final List<Integer> seeds;
  private final FixtureImages images;
  private final SplittableRandom random;
  private final ObjectNode loss = JsonMapper.shared().createObjectNode();

  FixtureLoss(
      String name, int place, List<String> classes, List<Integer> seeds, FixtureImages images) {
    this.name = name;
    this.place = place;
    this.classes = classes;
    this.seeds = seeds;
    this.images = images;
    random = new SplittableRandom(100 + place);
  }

  ObjectNode diverged() {
    start(false, "diverged", "the loss was NaN at step 117 of epoch 2");
    loss.putNull("figures");
    lossCurve();
    return loss;
  }

  ObjectNode finished(boolean control) {
    start(control, "finished", "");
    double better = new double[] {0, 0.0042, 0.0036}[place];
    ObjectNode figures = loss.putObject("figures");
    figure(figures.putObject("top1"), 0.9098 + better, 0.0019);
    figure(figures.putObject("bestTop1"), 0.9111 + better, 0.0016);
    figure(figures.putObject("ece"), 0.031 - 4 * better, 0.0021);
    figure(figures.putObject("meanTrueProbability"), 0.871 + 2 * better, 0.0013);
    figure(figures.putObject("meanStrongestRival"), 0.094 - better, 0.0011);
    figure(figures.putObject("loss"), 0.262 + 0.4055 * (place % 2), 0.004);
    epochs();
    reliability();
    certainty();
    histogram(
        loss.putArray("histogramTrue"), p -> Math.exp(9 * (p - 1)) + 0.05 * Math.exp(-20 * p));
    histogram(loss.putArray("histogramRival"), p -> Math.exp(-12 * p) + 0.03 * (p < 0.5 ? p : 0));
    lossCurve();
    confusion();
    worst();
    map();
    return loss;
  }

  private void start(boolean control, String state, String note) {
    loss.put("name", name).put("control", control);
    ArrayNode runs = loss.putArray("runs");
    for (int seed : seeds) {
      ObjectNode run = runs.addObject().put("seed", seed).put("state", state).put("note", note);
      run.put("path", "comparisons/fashion/" + place + "-seed" + seed);
      if (state.equals("finished")) {
        run.put("top1", 0.91);
      } else {
        run.putNull("top1");
      }
    }
  }

  private void figure(ObjectNode figure, double mean, double sd) {
    int n = seeds.size();
    figure.put("mean", mean).put("n", n);
    ArrayNode values = figure.putArray("values");
    for (int k = 0; k < n; k++) {
      values.add(n == 1 ? mean : mean + sd * (k - (n - 1) / 2.0) * 1.2 * (k % 2 == 0 ? 0.7 : 0.5));
    }
    if (n == 1) {
      figure.putNull("sd").putNull("low").putNull("high");
    } else {
      figure.put("sd", sd).put("low", mean - 1.24 * sd).put("high", mean + 1.24 * sd);
    }
  }

  private void epochs() {
    ArrayNode epochs = loss.putArray("epochs");
    double floor = place == 1 ? 0.41 : 0;
    for (int k = 1; k <= EPOCHS; k++) {
      double left = Math.exp(-0.33 * k);
      ObjectNode epoch = epochs.addObject().put("epoch", k);
      epoch.put("lr", 0.05 * (1 + Math.cos(Math.PI * k / EPOCHS)));
      band(epoch, "trainLoss", floor + 0.17 + 0.9 * left, 0.01);
      band(epoch, "trainTop1", 0.94 - 0.28 * left, 0.003);
      band(epoch, "validationLoss", floor + 0.25 + 0.8 * left + noise(0.03), 0.03);
      band(
          epoch, "validationTop1", 0.912 + 0.004 * (place % 2) - 0.25 * left + noise(0.008), 0.006);
      if (place == 0) {
        epoch.putNull("gain");
      } else {
        band(epoch, "gain", 1.5 - 0.3 * left, 0.01);
      }
    }
  }

  private double noise(double size) {
    return size * (random.nextDouble() - 0.5);
  }

  private void band(ObjectNode epoch, String key, double mean, double half) {
    double spread = seeds.size() == 1 ? 0 : half;
    epoch.putObject(key).put("mean", mean).put("low", mean - spread).put("high", mean + spread);
  }

  private void reliability() {
    ArrayNode bins = loss.putArray("reliability");
    for (int k = 0; k < 15; k++) {
      double lower = k / 15.0;
      ObjectNode bin = bins.addObject().put("lower", lower).put("upper", (k + 1) / 15.0);
      if (k < 3) {
        bin.put("images", 0).putNull("confidence").putNull("accuracy");
      } else {
        bin.put("images", (int) (20 + 38000 * Math.pow(lower, 9)));
        bin.put("confidence", lower + 0.035);
        bin.put("accuracy", lower * (0.93 + 0.03 * place) + noise(0.03));
      }
    }
  }

  private void certainty() {
    ObjectNode node = loss.putObject("certainty");
    node.put("temperature", 1.42).put("validationImages", 6000);
    node.putObject("before").put("nll", 0.271).put("ece", 0.031);
    node.putObject("after").put("nll", 0.258).put("ece", 0.0064);
    ArrayNode bins = node.putArray("reliability");
    loss.get("reliability")
        .forEach(
            bin -> {
              ObjectNode copy = (ObjectNode) bin.deepCopy();
              if (copy.path("accuracy").isNumber()) {
                copy.put("confidence", copy.path("accuracy").asDouble() + 0.006);
              }
              bins.add(copy);
            });
    double[][] sizes = {{0.96, 0.03, 0.01}, {0.8, 0.12, 0.04, 0.02, 0.01, 0.005, 0.005}};
    for (int k = 0; k < 2; k++) {
      ObjectNode sets = node.withArray("sets").addObject();
      sets.put("coverage", k == 0 ? 0.9 : 0.95).put("images", 10_000);
      band(sets, "share", k == 0 ? 0.914 : 0.951, 0.002);
      band(sets, "meanSize", k == 0 ? 1.05 : 1.37, 0.01);
      for (double share : sizes[k]) {
        sets.withArray("sizes").add(share);
      }
    }
    for (int k = 1; k <= 100; k++) {
      ObjectNode point = node.withArray("answered").addObject().put("share", k / 100.0);
      band(point, "accuracy", 1 - 0.09 * Math.pow(k / 100.0, 3), 0.002);
      point.put("threshold", 1 - 0.7 * Math.pow(k / 100.0, 4));
    }
  }

  private static void histogram(ArrayNode shares, DoubleUnaryOperator weight) {
    double sum = 0;
    for (int k = 0; k < 20; k++) {
      sum += weight.applyAsDouble((k + 0.5) / 20);
    }
    for (int k = 0; k < 20; k++) {
      shares.add(weight.applyAsDouble((k + 0.5) / 20) / sum);
    }
  }

  private void lossCurve() {
    ArrayNode curve = loss.putArray("curve");
    for (int k = 1; k < 100; k++) {
      double p = k / 100.0;
      double value =
          switch (place) {
            case 1 -> -Math.log(p) + Math.log(1.5 + 1 - p);
            case 3 -> -Math.log(p) + Math.log(1 - p);
            default -> -Math.log(p);
          };
      double gain =
          switch (place) {
            case 0 -> 1;
            case 3 -> 1 / (1 - p);
            default -> 1 + p / (2.5 - p);
          };
      curve.addObject().put("p", p).put("value", value).put("gain", Math.min(gain, 8));
    }
  }

  /** Classes near each other by index are confused most, and every third of them more. */
  private void confusion() {
    int n = classes.size();
    ArrayNode matrix = loss.putArray("confusion");
    ArrayNode perClass = loss.putArray("perClass");
    ArrayNode examples = loss.putArray("examples");
    int all = IMAGES_OF_A_CLASS * seeds.size();
    for (int r = 0; r < n; r++) {
      int[] row = row(r, n, all);
      row(matrix.addArray(), row);
      perClass(perClass.addObject(), r, row[r] / (double) all);
      for (int c = 0; c < n; c++) {
        if (r != c && row[c] > 20) {
          example(examples.addObject(), r, c, Math.min(8, row[c] / 20));
        }
      }
    }
    mostConfused(loss.putArray("mostConfused"), n, 2.0 * all);
  }

  private int[] row(int label, int n, int all) {
    int[] row = IntStream.range(0, n).map(c -> wrong(label, c, n)).toArray();
    row[label] = all - IntStream.of(row).sum();
    return row;
  }

  private static void row(ArrayNode to, int[] row) {
    IntStream.of(row).forEach(to::add);
  }

  private void perClass(ObjectNode figures, int label, double recall) {
    figures.put("name", classes.get(label)).put("support", IMAGES_OF_A_CLASS);
    figures.put("precision", recall - noise(0.03)).put("recall", recall);
    figures.put("f1", recall - noise(0.015));
  }

  private void mostConfused(ArrayNode pairs, int n, double images) {
    IntStream.range(0, n * n)
        .filter(k -> k / n < k % n)
        .boxed()
        .sorted(Comparator.comparing(k -> -both(k / n, k % n, n)))
        .limit(8)
        .forEach(k -> confused(pairs.addObject(), k / n, k % n, n, images));
  }

  private void confused(ObjectNode pair, int a, int b, int n, double images) {
    pair.put("a", a).put("b", b).put("aAsB", wrong(a, b, n)).put("bAsA", wrong(b, a, n));
    pair.put("rate", both(a, b, n) / images);
  }

  private int both(int a, int b, int n) {
    return wrong(a, b, n) + wrong(b, a, n);
  }

  private int wrong(int row, int column, int n) {
    int apart = Math.abs(row - column);
    if (apart == 0 || apart > 6) {
      return 0;
    }
    int base = (row * 7 + column * 3 + place) % 11;
    return seeds.size()
        * (row % 3 == 0 ? 2 : 1)
        * (base * 6 / apart)
        * (n > 20 && base < 8 ? 0 : 1);
  }

  private void example(ObjectNode cell, int label, int predicted, int number) {
    ArrayNode list = cell.put("label", label).put("predicted", predicted).putArray("images");
    int most = classes.size() > 20 ? 1 : number;
    for (int k = 0; k < most; k++) {
      list.add(images.of(label, classes.size(), predicted + 3 * k));
    }
  }

  private void worst() {
    ArrayNode worst = loss.putArray("worst");
    for (int k = 0; k < 12; k++) {
      int label = (k * 3) % classes.size();
      worst
          .addObject()
          .put("image", images.of(label, classes.size(), k))
          .put("label", label)
          .put("predicted", (label + 1) % classes.size())
          .put("trueProbability", 3e-6 * Math.pow(2.4, k));
    }
  }

  private void map() {
    ObjectNode map = loss.putObject("map").put("seed", seeds.get(0));
    ArrayNode list = map.putArray("images");
    ArrayNode labels = map.putArray("labels");
    ArrayNode predicted = map.putArray("predicted");
    ArrayNode pca = map.putArray("pca");
    ArrayNode tsne = map.putArray("tsne");
    map.putArray("explained").add(0.412).add(0.187);
    int n = classes.size();
    for (int k = 0; k < 600; k++) {
      int label = k % n;
      list.add(images.of(label, n, k / n % 20));
      labels.add(label);
      boolean wrong = random.nextDouble() < 0.09;
      predicted.add(wrong ? (label + 1) % n : label);
      double angle = 2 * Math.PI * (wrong ? label + 0.5 : label) / n + 0.4 * place;
      double far = 4 + label % 3;
      pca.addArray()
          .add(far * Math.cos(angle) + random.nextGaussian())
          .add(far * Math.sin(angle) * 0.7 + random.nextGaussian());
      tsne.addArray()
          .add(8 * far * Math.cos(angle) + 4 * random.nextGaussian())
          .add(8 * far * Math.sin(angle) + 4 * random.nextGaussian());
    }
  }
}
