package dev.discern.run;

import dev.discern.config.ConfigTree;
import dev.discern.config.DataConfig;
import dev.discern.config.LossConfig;
import dev.discern.config.ModelConfig;
import dev.discern.config.OptimConfig;
import dev.discern.config.RunConfig;
import dev.discern.config.Task;
import dev.discern.config.TrainConfig;
import dev.discern.data.Datasets;
import java.util.List;

/** What {@code train DATA} does when nothing else is said. */
public final class Defaults {
  private Defaults() {}

  /**
   * The whole configuration for a source.
   *
   * @param source a data set's name, or a folder
   * @return defaults that give a sound classifier
   */
  public static RunConfig of(String source) {
    DataConfig data = Datasets.defaults(source);
    if (!Datasets.isNamed(source)) {
      // Few images make few steps: small batches make more of them (docs/results.md).
      return config(data, "resnet20", 0.05, 60, 16);
    }
    return Datasets.nameOf(source).equals("digits")
        ? config(data, "resnet8", 0.1, 30, 64)
        : config(data, "resnet8", 0.1, 10, 128);
  }

  /**
   * A configuration that names its method: what {@code auto} stands for in its place.
   *
   * @param asked what a user wrote
   * @return the same, with {@code crl}, or {@code multilabel-bce} where images have several labels
   */
  public static RunConfig named(RunConfig asked) {
    if (!asked.loss().spec().equals("auto")) {
      return asked;
    }
    boolean one = Datasets.task(asked.data()) == Task.ONE_LABEL;
    return ConfigTree.of(asked)
        .with("loss.spec", one ? "crl" : "multilabel-bce")
        .toConfig("The configuration");
  }

  /**
   * The methods that are compared where none are named, the yardstick first.
   *
   * @param task how many labels an image has
   * @return their spellings
   */
  public static List<String> compared(Task task) {
    return task == Task.ONE_LABEL
        ? List.of("ce", "crl")
        : List.of("multilabel-bce", "asymmetric", "two-way-metric");
  }

  private static RunConfig config(
      DataConfig data, String model, double lr, int epochs, int batchSize) {
    return new RunConfig(
        data,
        new ModelConfig(model),
        new LossConfig("auto", 0, "none"),
        new OptimConfig(
            "sgd", lr, 0.9, true, 5e-4, true, "cosine", 1, List.of(), 0.1, 0, List.of(), ""),
        new TrainConfig(epochs, batchSize, 0, "auto", "auto", "auto", "none"));
  }
}
