package dev.discern.train;

/** Receives training events as numbers, never tensors. Implementations must return quickly. */
public interface TrainListener {
  /**
   * Called after a step.
   *
   * @param epoch counted from 1
   * @param step steps completed in this epoch
   * @param stepsPerEpoch steps per epoch
   * @param loss the mean training loss so far in this epoch
   */
  default void onStep(int epoch, int step, int stepsPerEpoch, double loss) {}

  /**
   * Called after an epoch and its validation, before its checkpoint is written.
   *
   * @param result the epoch's figures
   */
  default void onEpoch(EpochResult result) {}
}
