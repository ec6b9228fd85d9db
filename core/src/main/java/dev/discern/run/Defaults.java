package dev.discern.run;

import dev.discern.card.EmbeddedModels;
import dev.discern.card.Preprocessing;
import dev.discern.config.ConfigTree;
import dev.discern.config.RunConfig;
import dev.discern.config.Task;
import dev.discern.data.Datasets;
import dev.discern.data.LoadListener;
import dev.discern.data.Photographs;
import dev.discern.pretrained.Pretrained;
import dev.discern.pretrained.WeightSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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
   * A configuration, and why it is what it is.
   *
   * @param config the whole configuration
   * @param reason a sentence for the user; empty where nothing was decided for them
   */
  public record Choice(RunConfig config, Optional<String> reason) {}

  /**
   * The whole configuration for a source of images. Photographs, whose median shorter side is at
   * least 64 pixels, start from the embedded network; smaller images train from scratch. A model or
   * weights of the user's choice override that.
   *
   * @param source a data set's name, or the path of a user's own images
   * @param wishes what the user said
   * @param listener receives the progress of a download
   * @return defaults with the network, image size and view of the weights
   * @throws dev.discern.config.InvalidConfig if there are no such weights
   */
  public static Choice choose(String source, Wishes wishes, LoadListener listener) {
    if (wishes.weights().isPresent() || wishes.model().isPresent() || Datasets.isNamed(source)) {
      String weights = wishes.weights().orElse(WeightSource.NONE);
      return new Choice(with(weights, source, wishes, listener), Optional.empty());
    }
    OptionalInt side = Photographs.medianShorterSide(source);
    boolean photographs = side.orElse(0) >= Photographs.LEAST_SIDE;
    String weights = photographs ? EmbeddedModels.names().get(0) : WeightSource.NONE;
    RunConfig config = with(weights, source, wishes, listener);
    if (side.isEmpty()) {
      return new Choice(config, Optional.empty());
    }
    boolean few = wishes.freeze().isEmpty() && config.model().freeze().equals(Freezing.BACKBONE);
    return new Choice(config, Optional.of(reason(side.getAsInt(), config, few)));
  }

  private static String reason(int side, RunConfig config, boolean few) {
    String seen = " (median shorter side " + side + " pixels), so ";
    if (!config.model().hasWeights()) {
      return "The images are small" + seen + config.model().name() + " trains from scratch.";
    }
    String name = config.model().weights() + ", a network trained on ImageNet";
    String scratch = " To train from scratch: model.weights none.";
    if (few) {
      return "The images are few photographs"
          + seen
          + "a head is trained on the features of "
          + name
          + ". To change the whole network: model.freeze none."
          + scratch;
    }
    return "The images are photographs"
        + seen
        + (config.model().freeze().equals(Freezing.BACKBONE)
            ? "a head is trained on the features of " + name + "."
            : "training starts from " + name + ".")
        + scratch;
  }

  private static RunConfig with(
      String weights, String source, Wishes wishes, LoadListener listener) {
    if (weights.equals(WeightSource.NONE)) {
      return of(source);
    }
    Pretrained found = WeightSource.find(weights, listener::progress);
    Optional<Photographs.Amount> amount =
        Datasets.isNamed(source) ? Optional.empty() : Photographs.amount(source);
    boolean frozen =
        wishes.freeze().map(Freezing.BACKBONE::equals).orElseGet(() -> Recipe.areFew(amount));
    ConfigTree tree =
        ConfigTree.of(of(source))
            .with("model.weights", weights)
            .with(frozen ? Recipe.frozen(amount) : Recipe.fineTuning(amount));
    if (Datasets.isNamed(source)) {
      tree = tree.with("train.epochs", of(source).train().epochs());
    }
    if (found.architecture().isPresent()) {
      tree = tree.with("model.name", found.architecture().get());
    }
    // The images of a named data set have a size of their own.
    if (found.preprocessing().isPresent() && !Datasets.isNamed(source)) {
      tree = tree.with(view(found.preprocessing().get()));
    }
    if (wishes.freeze().isPresent()) {
      tree = tree.with("model.freeze", wishes.freeze().get());
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
