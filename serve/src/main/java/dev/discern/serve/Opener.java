package dev.discern.serve;

import dev.discern.runtime.Classifier;
import java.nio.file.Path;

/** Opens models. */
@FunctionalInterface
interface Opener {
  /**
   * Opens a model.
   *
   * @throws dev.discern.failure.DiscernException if it cannot be opened
   */
  Classifier open(Path path);
}
