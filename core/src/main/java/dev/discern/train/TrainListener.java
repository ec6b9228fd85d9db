package dev.discern.train;

/** Told what happens while training. Receives numbers, never tensors; must return quickly. */
public interface TrainListener {
  /**
   * A step has been made.
   *
   * @param epoch counted from 1
   * @param step steps made in this epoch
   * @param stepsPerEpoch steps an epoch
   * @param loss the mean training loss so far in this epoch
   */
  default void onStep(int epoch, int step, int stepsPerEpoch, double loss) {}

  /**
   * An epoch has ended and been validated; its checkpoint is not written yet.
   *
   * @param result the epoch's figures
   */
  default void onEpoch(EpochResult result) {}
}
