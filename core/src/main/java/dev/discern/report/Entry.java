package dev.discern.report;

import dev.discern.config.RunConfig;
import dev.discern.run.RunDirectory;
import java.nio.file.Path;

/**
 * A run to be reported, whether or not it has come to anything.
 *
 * @param method what trained it, such as {@code crl(alpha=1.5,beta=1)}
 * @param seed of weights, order and augmentation
 * @param path its directory; need not exist
 */
public record Entry(String method, long seed, Path path) {
  /**
   * A run directory that says itself what it is.
   *
   * @param path an existing run
   * @return its entry
   */
  public static Entry of(Path path) {
    RunConfig config = RunDirectory.open(path).config();
    return new Entry(config.method(), config.train().seed(), path);
  }
}
