package dev.discern.run;

import dev.discern.card.Preprocessing;
import dev.discern.config.ConfigTree;
import dev.discern.config.RunConfig;
import dev.discern.config.Task;
import dev.discern.data.Datasets;
import dev.discern.data.LoadListener;
import dev.discern.pretrained.Pretrained;
import dev.discern.pretrained.WeightSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
   * The whole configuration for a source of images and one of weights.
   *
   * @param source a data set's name, or a folder
   * @param weights the weights to start from, or {@code none}
   * @param listener receives the progress of a download
   * @return defaults with the network, image size and view of the weights
   * @throws dev.discern.config.InvalidConfig if there are no such weights
   */
  public static RunConfig of(String source, String weights, LoadListener listener) {
    if (weights.equals(WeightSource.NONE)) {
      return of(source);
    }
    Pretrained found = WeightSource.find(weights, listener::progress);
    ConfigTree tree =
        ConfigTree.of(of(source))
            .with("model.weights", weights)
            // Trained weights lose what they know at the learning rate of random ones.
            .with("optim.lr", 0.01);
    if (found.architecture().isPresent()) {
      tree = tree.with("model.name", found.architecture().get());
    }
    // The images of a named data set have a size of their own.
    if (found.preprocessing().isPresent() && !Datasets.isNamed(source)) {
      tree = tree.with(view(found.preprocessing().get()));
    }
    return tree.toConfig("The configuration");
  }

  private static Map<String, Object> view(Preprocessing input) {
    return Map.of(
        "data.imageSize", input.shape().height(),
        "data.cropRatio", input.cropRatio(),
        "data.interpolation", input.interpolation().name().toLowerCase(Locale.ROOT));
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
