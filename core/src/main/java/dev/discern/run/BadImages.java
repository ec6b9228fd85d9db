package dev.discern.run;

import dev.discern.config.ConfigTree;
import dev.discern.config.RunConfig;
import dev.discern.data.GivenParts;
import dev.discern.data.LoadListener;
import dev.discern.data.Unreadable;
import java.util.List;

/** Leaves images that cannot be read out of a run. */
public final class BadImages {
  private BadImages() {}

  /**
   * Decodes all images of a run's data and leaves out those that cannot be read. The configuration
   * names them, so that a resumed run uses the same images.
   *
   * @param config the configuration of a new run
   * @param listener receives the progress
   * @return the same configuration with these images in {@code data.leaveOut}
   */
  public static RunConfig leftOut(RunConfig config, LoadListener listener) {
    GivenParts parts = GivenParts.of(config.data().source(), listener);
    List<String> bad =
        List.copyOf(Unreadable.in(parts, config.data().workers(), listener).keySet());
    return bad.isEmpty()
        ? config
        : ConfigTree.of(config).with("data.leaveOut", bad).toConfig("The configuration");
  }
}
