package dev.discern.run;

import dev.discern.config.Catalogue;
import dev.discern.config.Check;
import dev.discern.config.ConfigTree;
import dev.discern.config.Internal;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import dev.discern.config.Spec;
import dev.discern.config.Task;
import dev.discern.curriculum.Curricula;
import dev.discern.data.Datasets;
import dev.discern.head.HeadFactory;
import dev.discern.head.Methods;
import dev.discern.head.OwnLosses;
import dev.discern.mix.Mixes;
import dev.discern.model.Models;
import dev.discern.pretrained.WeightSource;
import dev.discern.view.Augments;
import java.util.List;

/**
 * A configuration as a run keeps it: every method in canonical spelling, and no two values that
 * contradict each other.
 */
@Internal
public final class CanonicalConfig {
  // The names of blocks do not depend on it.
  private static final int CHANNELS = 3;

  private CanonicalConfig() {}

  /**
   * A configuration with its methods in canonical spelling, as in a run's {@code config.yaml}.
   *
   * @param asked the user's configuration
   * @return the same configuration in canonical spelling
   * @throws InvalidConfig if the model, the loss or one of its parameters is unknown
   */
  public static RunConfig of(RunConfig asked) {
    return of(asked, OwnLosses.NONE);
  }

  /**
   * A configuration in canonical spelling, which may name losses of the user's own.
   *
   * @param asked the user's configuration
   * @param losses the user's own losses
   * @return the same configuration in canonical spelling
   * @throws InvalidConfig if the model, the loss or one of its parameters is unknown
   */
  public static RunConfig of(RunConfig asked, OwnLosses losses) {
    RunConfig named = Defaults.named(asked);
    String loss = named.loss().spec();
    losses.requireGiven(loss, "The configuration");
    requireTask(named, Datasets.task(named.data()), Spec.parse(loss), losses.create(loss));
    return spelled(named, losses);
  }

  // Reads no data: a finished run is recognized wherever its data are.
  static RunConfig spelled(RunConfig asked, OwnLosses losses) {
    Spec spec = Spec.parse(Methods.canonical(asked.loss().spec()));
    HeadFactory method = losses.create(spec.toString());
    requireSoftTargets(asked, spec, method);
    ConfigTree tree =
        ConfigTree.of(asked)
            .with("model.name", model(asked))
            .with("model.weights", WeightSource.pinned(asked.model().weights()))
            .with("loss.spec", spec.toString())
            .with("data.augment", specs(Augments.CATALOGUE, asked.data().augment()))
            .with("train.mix", specs(Mixes.CATALOGUE, asked.train().mix()));
    if (asked.train().sampler().equals("auto")) {
      tree = tree.with("train.sampler", method.wantsClassBalance() ? "class-balanced" : "shuffled");
    }
    requireHeadStage(asked);
    if (asked.train().hasCurriculum()) {
      tree = tree.with("train.curriculum", curriculum(asked, spec, method));
    }
    return tree.toConfig("The configuration");
  }

  private static void requireHeadStage(RunConfig asked) {
    int epochs = asked.train().headEpochs();
    if (epochs == 0) {
      return;
    }
    Check.that(
        asked.model().hasWeights(),
        "train.headEpochs",
        epochs,
        "needs trained weights to compute features with: set model.weights, or leave it at 0");
    Check.that(
        !asked.model().freeze().equals(Freezing.BACKBONE),
        "train.headEpochs",
        epochs,
        "is for fine-tuning, and with model.freeze backbone every epoch trains the head alone:"
            + " leave it at 0");
    Check.that(
        !asked.train().hasCurriculum(),
        "train.headEpochs",
        epochs,
        "teaches all classes at once, which train.curriculum does not: leave it at 0");
  }

  private static String model(RunConfig asked) {
    Spec spec = Models.CATALOGUE.canonical(Spec.parse(asked.model().name()));
    Freezing.requireKnown(
        asked.model().freeze(), spec.name(), Models.CATALOGUE.create(spec).build(CHANNELS));
    return spec.toString();
  }

  private static List<String> specs(Catalogue<?> catalogue, List<String> specs) {
    return specs.stream().map(text -> catalogue.canonical(Spec.parse(text)).toString()).toList();
  }

  private static void requireSoftTargets(RunConfig asked, Spec spec, HeadFactory method) {
    if (method.takesDistributions()) {
      return;
    }
    String why =
        "makes soft targets, and "
            + spec.name()
            + " needs one right class per image: leave it out, or choose another loss.spec";
    Check.that(
        asked.loss().labelSmoothing() == 0,
        "loss.labelSmoothing",
        asked.loss().labelSmoothing(),
        why);
    Check.that(asked.train().mix().isEmpty(), "train.mix", asked.train().mix(), why);
  }

  private static void requireTask(RunConfig asked, Task task, Spec spec, HeadFactory method) {
    boolean composed = asked.data().compose() > 0;
    String data = (composed ? "composed pictures of " : "") + asked.data().source();
    String has = data + (composed ? " have " : " has ") + task.words();
    if (method.task() != task) {
      throw new InvalidConfig(
          spec.name()
              + " is for "
              + method.task().words()
              + ", but "
              + has
              + ": choose one of "
              + String.join(", ", Methods.namesFor(task))
              + ", or other data.");
    }
    if (task == Task.ONE_LABEL) {
      return;
    }
    String why = ", while " + has + ": leave it out.";
    Check.that(
        asked.loss().labelSmoothing() == 0,
        "loss.labelSmoothing",
        asked.loss().labelSmoothing(),
        "spreads the mass of one class" + why);
    Check.that(
        asked.train().mix().isEmpty(),
        "train.mix",
        asked.train().mix(),
        "mixes images of one class each" + why);
    Check.that(
        !asked.train().sampler().equals("class-balanced"),
        "train.sampler",
        asked.train().sampler(),
        "sorts images by their one class" + why);
    Check.that(
        !asked.train().hasCurriculum(),
        "train.curriculum",
        asked.train().curriculum(),
        "teaches images by their one class" + why);
  }

  private static String curriculum(RunConfig asked, Spec loss, HeadFactory method) {
    Spec spec = Curricula.CATALOGUE.canonical(Spec.parse(asked.train().curriculum()));
    Curricula.CATALOGUE.create(spec).requireFits(asked.train().epochs());
    if (method.onLogits(List.of()).isEmpty()) {
      throw new InvalidConfig(
          "train.curriculum is "
              + spec
              + ", which works with losses on logits alone, such as ce or crl, but not with "
              + loss.name()
              + ", which has state beyond logits: choose another loss, or no curriculum.");
    }
    if (asked.train().sampler().equals("class-balanced")) {
      throw new InvalidConfig(
          "train.curriculum is "
              + spec
              + ", which chooses the images of each epoch itself: set train.sampler to shuffled.");
    }
    return spec.toString();
  }
}
