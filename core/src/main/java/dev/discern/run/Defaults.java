package dev.discern.run;

import dev.discern.config.ConfigTree;
import dev.discern.config.RunConfig;
import dev.discern.config.Task;
import dev.discern.data.Datasets;
import java.util.List;

/** The defaults of {@code train DATA}. */
public final class Defaults {
  private Defaults() {}

  /**
   * The whole configuration for a source.
   *
   * @param source a data set's name, or a folder
   * @return defaults that give a good classifier
   */
  public static RunConfig of(String source) {
    return ConfigTree.defaults()
        .with("data.source", source)
        .with(Datasets.settings(source))
        .toConfig("The configuration");
  }

  /**
   * A configuration that names its method: replaces {@code auto} with the loss that it represents.
   *
   * @param asked the user's configuration
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
   * The methods to compare if the user names none, the baseline first.
   *
   * @param task how many labels an image has
   * @return their spellings
   */
  public static List<String> compared(Task task) {
    return task == Task.ONE_LABEL
        ? List.of("ce", "crl")
        : List.of("multilabel-bce", "asymmetric", "two-way-metric");
  }
}
