package dev.discern.run;

import java.util.Optional;

/**
 * What a user said that the other defaults depend on. Empty where nothing was said.
 *
 * @param model the network
 * @param weights the weights to start from, or {@code none}
 * @param freeze what keeps its weights
 */
public record Wishes(Optional<String> model, Optional<String> weights, Optional<String> freeze) {
  /** Nothing was said. */
  public static final Wishes NONE =
      new Wishes(Optional.empty(), Optional.empty(), Optional.empty());
}
