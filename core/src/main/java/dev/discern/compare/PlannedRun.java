package dev.discern.compare;

import dev.discern.config.FileNames;
import java.nio.file.Path;

/**
 * One run of a comparison.
 *
 * @param method the training method
 * @param seed of weights, order and augmentation
 */
public record PlannedRun(Method method, long seed) {
  /**
   * The run's directory.
   *
   * @param folder the comparison's
   * @return a path below it
   */
  public Path in(Path folder) {
    // A sign is not a separator: poly1(epsilon=1) and poly1(epsilon=-1) are two methods.
    String name = (method + "-seed" + seed).replace("=-", "-minus");
    return folder.resolve(FileNames.of(name));
  }

  /** The run whose gain this one follows; only for a control. */
  PlannedRun pair() {
    return new PlannedRun(Method.parse(method.gainOf().orElseThrow()), seed);
  }

  /** For progress and messages: {@code crl(alpha=1.5,beta=1), seed 3}. */
  @Override
  public String toString() {
    return method + ", seed " + seed;
  }
}
