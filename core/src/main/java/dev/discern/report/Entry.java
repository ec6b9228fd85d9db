package dev.discern.report;

import dev.discern.config.RunConfig;
import dev.discern.run.RunDirectory;
import java.nio.file.Path;

/**
 * A run to report, finished or not.
 *
 * @param method the training method, such as {@code crl(alpha=1.5,beta=1)}
 * @param seed the seed of weights, order and augmentation
 * @param path the run directory; need not exist
 */
public record Entry(String method, long seed, Path path) {
  /**
   * Creates an entry from the configuration of a run directory.
   *
   * @param path an existing run
   * @return the entry of the run
   */
  public static Entry of(Path path) {
    RunConfig config = RunDirectory.open(path).config();
    return new Entry(config.method(), config.train().seed(), path);
  }
}
