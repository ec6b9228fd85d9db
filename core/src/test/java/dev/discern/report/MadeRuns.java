package dev.discern.report;

import dev.discern.config.ConfigTree;
import dev.discern.config.RunConfig;
import dev.discern.run.Defaults;
import dev.discern.run.Predictions;
import dev.discern.run.Predictions.Row;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Run records as training would have left them, without training. */
final class MadeRuns {
  private MadeRuns() {}

  /** An image of class {@code label}, given to {@code predicted} with probability .8. */
  static Row row(int label, int predicted) {
    boolean right = label == predicted;
    int rival = right ? (label == 0 ? 1 : 0) : predicted;
    double high = Math.log(0.8);
    double low = Math.log(0.1);
    return new Row(
        label, predicted, rival, (float) (right ? high : low), (float) (right ? low : high));
  }

  static RunRecord finished(String method, long seed, Row... rows) {
    return finished(method, seed, "", "", rows);
  }

  /** As {@link #finished}, one key of the configuration set otherwise. */
  static RunRecord finished(String method, long seed, String key, Object value, Row... rows) {
    ObjectNode result = Json.object();
    double right = Arrays.stream(rows).filter(Row::isRight).count();
    result.putObject("last").putObject("test").put("top1", right / rows.length);
    return new RunRecord(
        new Entry(method, seed, path(method, seed)),
        "finished",
        "",
        Optional.of(config(seed, key, value)),
        MissingNode.getInstance(),
        List.of(),
        result,
        Optional.of(new Predictions(List.of(rows))));
  }

  static RunRecord diverged(String method, long seed) {
    return new RunRecord(
        new Entry(method, seed, path(method, seed)),
        "diverged",
        "Its weights became NaN.",
        Optional.of(config(seed, "", "")),
        MissingNode.getInstance(),
        List.of(),
        MissingNode.getInstance(),
        Optional.empty());
  }

  /**
   * A method's runs of seeds 0, 1, …, each of 100 images of two classes.
   *
   * @param right how many of each run's images are classified rightly
   */
  static Group group(String method, int... right) {
    return new Group(
        method,
        IntStream.range(0, right.length)
            .mapToObj(
                seed ->
                    finished(
                        method,
                        seed,
                        IntStream.range(0, 100)
                            .mapToObj(i -> row(i % 2, i < right[seed] ? i % 2 : 1 - i % 2))
                            .toArray(Row[]::new)))
            .toList());
  }

  private static Path path(String method, long seed) {
    return Path.of("runs", method + "-" + seed);
  }

  private static RunConfig config(long seed, String key, Object value) {
    ConfigTree tree = ConfigTree.of(Defaults.named(Defaults.of("digits"))).with("train.seed", seed);
    return (key.isEmpty() ? tree : tree.with(key, value)).toConfig("The test");
  }
}
