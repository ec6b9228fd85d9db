package dev.discern.predict;

import dev.discern.card.ModelFile;
import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import dev.discern.runtime.ClassifierProvider;
import dev.discern.runtime.Options;
import dev.discern.runtime.UnusableModel;
import java.nio.file.Path;

/**
 * Opens runs for applications that embed {@code discern-runtime}, on the fastest available device.
 * The engine's threads belong to the process, so {@link Options#threads} has no effect.
 */
public final class RunClassifierProvider implements ClassifierProvider {
  /** For {@link java.util.ServiceLoader}. */
  public RunClassifierProvider() {}

  @Override
  public dev.discern.runtime.Classifier open(Path path, Options options) {
    try {
      return new RunClassifier(Classifier.open(path, ModelFile.BEST, "auto", "auto"), options);
    } catch (InvalidConfig | WorkFailed e) {
      throw new UnusableModel(String.valueOf(e.getMessage()), e);
    }
  }
}
