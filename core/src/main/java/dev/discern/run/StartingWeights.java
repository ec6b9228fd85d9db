package dev.discern.run;

import dev.discern.card.ModelCard;
import dev.discern.config.RunConfig;
import dev.discern.data.LoadListener;
import dev.discern.data.Normalization;
import dev.discern.pretrained.Loading;
import dev.discern.pretrained.Pretrained;
import dev.discern.pretrained.Target;
import dev.discern.pretrained.WeightSource;
import dev.discern.train.Checkpoint;
import dev.discern.train.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The trained weights that a run starts from, if any. A run that has a checkpoint no longer needs
 * them: it takes the normalization of its images from the checkpoint's card.
 *
 * @param weights the weights to load; empty if there are none, or a checkpoint replaces them
 * @param normalization of the images that the weights were trained on; empty if it is unknown
 */
record StartingWeights(Optional<Pretrained> weights, Optional<Normalization> normalization) {
  /**
   * Finds the weights of a run.
   *
   * @param config the run's configuration
   * @param run the run's directory
   * @param listener receives the progress of a download
   */
  static StartingWeights of(RunConfig config, Path run, LoadListener listener) {
    if (!config.model().hasWeights()) {
      return new StartingWeights(Optional.empty(), Optional.empty());
    }
    Optional<Checkpoint.Found> last =
        new Checkpoint(run.resolve("checkpoints"), Map.of()).findLast();
    if (last.isPresent()) {
      ModelCard card = ModelCard.of(last.get().file());
      return new StartingWeights(
          Optional.empty(), Optional.of(card.preprocessing().normalization()));
    }
    Pretrained found = WeightSource.find(config.model().weights(), listener::progress);
    return new StartingWeights(
        Optional.of(found), found.preprocessing().map(input -> input.normalization()));
  }

  /**
   * The normalization for a run's images.
   *
   * @param channels of the run's images
   * @return mean and deviation of each; empty if those of the weights are unknown
   */
  Optional<Normalization> normalizationOf(int channels) {
    return normalization.map(
        own ->
            own.mean().length == channels
                ? own
                : new Normalization(repeated(own.mean(), channels), repeated(own.std(), channels)));
  }

  private static float[] repeated(float[] values, int channels) {
    float sum = 0;
    for (float value : values) {
      sum += value;
    }
    float[] repeated = new float[channels];
    Arrays.fill(repeated, sum / values.length);
    return repeated;
  }

  /**
   * Sentences for the user.
   *
   * @param loading what loading did
   * @return where the weights come from, where that is not as asked, and what was loaded
   */
  List<String> notes(Optional<Loading> loading) {
    List<String> notes = new ArrayList<>();
    weights.ifPresent(found -> notes.addAll(found.notes()));
    loading.ifPresent(done -> notes.addAll(done.sentences()));
    return notes;
  }

  /**
   * Loads the weights.
   *
   * @param network receives them
   * @param card the network's
   * @param partial whether they may fit only partly
   * @return what was done; empty if there are none to load
   */
  Optional<Loading> load(Network network, ModelCard card, boolean partial) {
    return weights.map(
        found ->
            Loading.into(
                found,
                new Target(
                    card.architecture(),
                    network.backbone().architecture(),
                    network.store(),
                    card.classNames(),
                    card.method()),
                partial));
  }
}
