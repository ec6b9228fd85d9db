package dev.discern.backbone;

import dev.discern.torch.Seeds;

/**
 * What a forward pass is for.
 *
 * @param mode how normalization and dropout behave
 * @param seed of the random numbers of this pass, from which each layer derives its own
 */
public record Pass(Mode mode, long seed) {
  private static final long DROP = 17;

  /** A pass without anything random, whose normalization uses the running statistics. */
  public static final Pass EVALUATION = new Pass(Mode.EVALUATE, 0);

  /** How layers behave that distinguish training from evaluation. */
  public enum Mode {
    /** Normalization uses, and updates its statistics by, the batch; dropout is on. */
    TRAIN,
    /** Dropout is on, but normalization uses the running statistics and leaves them as they are. */
    TRAIN_FROZEN_NORMS,
    /** Normalization uses the running statistics; dropout is off. */
    EVALUATE
  }

  /**
   * A training step.
   *
   * @param seed of the run
   * @param epoch from 0
   * @param step of the epoch, from 0
   * @return the pass, whose random numbers depend on nothing else
   */
  public static Pass training(long seed, int epoch, int step) {
    return new Pass(Mode.TRAIN, Seeds.mix(seed, DROP, epoch, step));
  }

  /**
   * The same pass with frozen statistics.
   *
   * @return a pass that leaves batch normalization as it is
   */
  public Pass withFrozenNorms() {
    return new Pass(Mode.TRAIN_FROZEN_NORMS, seed);
  }

  /**
   * Whether a backward pass follows.
   *
   * @return false for an evaluation
   */
  public boolean trains() {
    return mode != Mode.EVALUATE;
  }

  boolean usesBatchStatistics() {
    return mode == Mode.TRAIN;
  }

  long seedOf(String layer) {
    return Seeds.mix(seed, layer);
  }
}
