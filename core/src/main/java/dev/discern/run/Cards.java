package dev.discern.run;

import dev.discern.card.ModelCard;
import dev.discern.card.Preprocessing;
import dev.discern.config.RunConfig;
import dev.discern.config.WorkFailed;
import dev.discern.data.Datasets;
import dev.discern.data.Fingerprint;
import dev.discern.data.Normalization;
import dev.discern.data.Split;
import dev.discern.head.Methods;
import dev.discern.pretrained.WeightSource;
import dev.discern.torch.Natives;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The model cards of runs. */
final class Cards {
  private Cards() {}

  /** The card of what a run trains; it has the same facts whenever and wherever it is created. */
  static ModelCard of(RunConfig config, Split split, Normalization normalization) {
    return new ModelCard(
        config.model().name(),
        config.loss().spec(),
        Methods.taskOf(config.loss().spec()),
        split.classNames(),
        List.of(),
        new Preprocessing(
            split.shape(),
            Datasets.cropRatio(config.data()),
            Datasets.interpolation(config.data()),
            normalization,
            config.data().testFlip()),
        provenance(config, split));
  }

  private static Map<String, String> provenance(RunConfig config, Split split) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("discern", Environment.version());
    facts.put("gitCommit", Environment.commit());
    Natives.versions().forEach((library, version) -> facts.put("engine." + library, version));
    facts.put("data", Datasets.nameOf(config.data().source()));
    facts.put(ModelCard.DATA_FINGERPRINT, Fingerprint.of(split));
    if (config.model().hasWeights()) {
      facts.put("weights", WeightSource.nameOf(config.model().weights()));
    }
    facts.put("seed", Long.toString(config.train().seed()));
    facts.put("epochs", Integer.toString(config.train().epochs()));
    return facts;
  }

  /**
   * Refuses weights of another model, method, class list or image shape.
   *
   * @param file the weights file
   * @param found their card
   * @param mine the card of the run as it is configured
   */
  static void requireSame(Path file, ModelCard found, ModelCard mine) {
    requireSame(file, "model", found.architecture(), mine.architecture());
    requireSame(file, "loss", found.method(), mine.method());
    requireSame(file, "class list", found.classNames(), mine.classNames());
    requireSame(file, "image shape", found.preprocessing().shape(), mine.preprocessing().shape());
  }

  /**
   * Refuses weights whose classes or image shape are not those of the data.
   *
   * @param file the weights file
   * @param card their card
   * @param split the data
   */
  static void requireFits(Path file, ModelCard card, Split split) {
    requireSame(file, "class list", card.classNames(), split.classNames());
    requireSame(file, "image shape", card.preprocessing().shape(), split.shape());
  }

  private static void requireSame(Path file, String what, Object found, Object mine) {
    if (!found.equals(mine)) {
      throw new WorkFailed(
          file
              + " was written with the "
              + what
              + " "
              + found
              + ", but now it is "
              + mine
              + ": restore what was changed, or start a new run.");
    }
  }
}
