package dev.discern.run;

import dev.discern.card.ModelFile;
import dev.discern.config.Internal;
import dev.discern.config.RunConfig;
import dev.discern.config.WorkFailed;
import dev.discern.data.Datasets;
import dev.discern.data.Fingerprint;
import dev.discern.data.LoadListener;
import dev.discern.data.Split;
import java.nio.file.Files;
import java.nio.file.Path;

/** The data that a run was trained on. */
@Internal
public final class OwnData {
  private OwnData() {}

  /** Whether a path is a run's folder, not weights alone. */
  static boolean isRun(Path run) {
    return Files.isRegularFile(run.resolve("config.yaml"));
  }

  /**
   * Loads a run's data, if they are still those that it was trained on.
   *
   * @param run a run's folder, or a weights file
   * @param model the weights of the run
   * @param listener receives the progress
   * @return the data
   * @throws WorkFailed if the path is not a run's folder, or the data are missing or have changed
   */
  public static Split of(Path run, ModelFile model, LoadListener listener) {
    if (!isRun(run)) {
      throw new WorkFailed(run + " has weights only, without the data that they were trained on.");
    }
    RunDirectory directory = RunDirectory.open(run);
    RunConfig config = directory.config();
    String source = config.data().source();
    if (!Datasets.isNamed(source) && !Files.exists(Path.of(source))) {
      throw new WorkFailed("The data of " + run + " are no longer at " + source + ".");
    }
    Split split = Datasets.load(config.data(), listener);
    Cards.requireFits(model.file(), model.card(), split);
    String recorded =
        directory
            .readJson("environment.json")
            .map(facts -> facts.path("dataFingerprint").asString(""))
            .orElse("");
    if (!Fingerprint.of(split, directory.damagedImages()).equals(recorded)) {
      throw new WorkFailed("The data of " + run + " have changed since it was trained.");
    }
    return split;
  }
}
