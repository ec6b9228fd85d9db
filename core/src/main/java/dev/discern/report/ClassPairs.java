package dev.discern.report;

import dev.discern.run.Predictions.Row;
import dev.discern.stats.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where two methods differ: for each pair of classes, the change of confusion (images of either
 * class mistaken for the other, divided by all images of both) and of the margin {@code ln p_y − ln
 * max_{i≠y} p_i}, each with a 95 % t-interval over the seeds.
 *
 * <p>The margin covers the images of the two classes whose strongest rival, under either method, is
 * the other class of the pair. The selection is the same for both methods, so it favors neither.
 *
 * <p>Each interval is for a single pair: of 45 pairs, about two exclude 0 by chance.
 */
final class ClassPairs {
  private static final int MOST = 400;

  private final PairResult pair;
  private final int classes;
  private final Cell[][] cells;

  /** The per-seed figures of one pair of classes. */
  private static final class Cell {
    private final int a;
    private final int b;
    private final double[] before;
    private final double[] after;
    private final double[] marginChange;
    private final long[] marginImages;

    Cell(int a, int b, int seeds) {
      this.a = a;
      this.b = b;
      before = new double[seeds];
      after = new double[seeds];
      marginChange = new double[seeds];
      marginImages = new long[seeds];
    }

    boolean isConfused() {
      return Arrays.stream(before).sum() + Arrays.stream(after).sum() > 0;
    }

    double meanChange() {
      return Arrays.stream(after).average().orElse(0) - Arrays.stream(before).average().orElse(0);
    }
  }

  private ClassPairs(PairResult pair, int classes) {
    this.pair = pair;
    this.classes = classes;
    cells = new Cell[classes][classes];
    for (int a = 0; a < classes; a++) {
      for (int b = a + 1; b < classes; b++) {
        cells[a][b] = new Cell(a, b, pair.seeds().size());
        cells[b][a] = cells[a][b];
      }
    }
  }

  /** Every pair of classes with any confusion, the largest change first. */
  static ArrayNode of(PairResult pair, int classes) {
    ClassPairs all = new ClassPairs(pair, classes);
    for (int s = 0; s < pair.seeds().size(); s++) {
      all.add(s, pair.seeds().get(s));
    }
    return all.toJson();
  }

  private void add(int s, long seed) {
    List<Row> before = PairResult.rows(pair.a(), seed);
    List<Row> after = PairResult.rows(pair.b(), seed);
    long[] support = new long[classes];
    for (int i = 0; i < before.size(); i++) {
      Row x = before.get(i);
      Row y = after.get(i);
      support[x.label()]++;
      if (!x.isRight()) {
        cells[x.label()][x.predicted()].before[s]++;
      }
      if (!y.isRight()) {
        cells[y.label()][y.predicted()].after[s]++;
      }
      addMargin(s, x, y, x.rival());
      if (y.rival() != x.rival()) {
        addMargin(s, x, y, y.rival());
      }
    }
    toRates(s, support);
  }

  private void addMargin(int s, Row before, Row after, int rival) {
    Cell cell = cells[before.label()][rival];
    cell.marginChange[s] += after.margin() - before.margin();
    cell.marginImages[s]++;
  }

  private void toRates(int s, long[] support) {
    for (int a = 0; a < classes; a++) {
      for (int b = a + 1; b < classes; b++) {
        Cell cell = cells[a][b];
        double images = Math.max(1, support[a] + support[b]);
        cell.before[s] /= images;
        cell.after[s] /= images;
        cell.marginChange[s] /= Math.max(1, cell.marginImages[s]);
      }
    }
  }

  private ArrayNode toJson() {
    List<Cell> confused = new ArrayList<>();
    for (int a = 0; a < classes; a++) {
      for (int b = a + 1; b < classes; b++) {
        if (cells[a][b].isConfused()) {
          confused.add(cells[a][b]);
        }
      }
    }
    confused.sort(Comparator.comparingDouble(cell -> -Math.abs(cell.meanChange())));
    ArrayNode node = Json.array();
    confused.stream().limit(MOST).forEach(cell -> node.add(toJson(cell)));
    return node;
  }

  private static ObjectNode toJson(Cell cell) {
    double[] change = new double[cell.before.length];
    Arrays.setAll(change, s -> cell.after[s] - cell.before[s]);
    Summary summary = Summary.of(change);
    ObjectNode node = Json.object().put("a", cell.a).put("b", cell.b);
    node.put("before", Summary.of(cell.before).mean()).put("after", Summary.of(cell.after).mean());
    node.put("change", summary.mean());
    Json.put(node, "low", "high", summary.interval());
    // A seed without such an image has no margin, and the mean over the seeds would count it as 0.
    if (Arrays.stream(cell.marginImages).allMatch(images -> images > 0)) {
      Summary margin = Summary.of(cell.marginChange);
      ObjectNode inner = node.putObject("margin").put("change", margin.mean());
      Json.put(inner, "low", "high", margin.interval());
      inner.put("images", Arrays.stream(cell.marginImages).sum());
    } else {
      node.putNull("margin");
    }
    return node;
  }
}
