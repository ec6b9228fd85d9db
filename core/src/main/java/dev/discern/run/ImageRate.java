package dev.discern.run;

import java.util.OptionalDouble;

/**
 * The training speed in images per second, measured between two steps of one epoch: the time
 * between epochs (validation, checkpoints) does not count.
 */
public final class ImageRate {
  private final int imagesPerEpoch;
  private final int imagesPerStep;
  private int epoch;
  private int fromStep;
  private long fromNanos;
  private int toStep;
  private long toNanos;

  /**
   * Creates a rate without a measurement.
   *
   * @param imagesPerEpoch images per epoch
   * @param imagesPerStep images per step
   */
  public ImageRate(int imagesPerEpoch, int imagesPerStep) {
    this.imagesPerEpoch = imagesPerEpoch;
    this.imagesPerStep = imagesPerStep;
  }

  /**
   * Records a step. The first step of an epoch restarts the measurement.
   *
   * @param ofEpoch the epoch
   * @param step steps completed in it
   * @param nanos the time, by any monotonic clock
   */
  public void step(int ofEpoch, int step, long nanos) {
    if (ofEpoch != epoch) {
      epoch = ofEpoch;
      restart(step, nanos);
    }
    toStep = step;
    toNanos = nanos;
  }

  /** Starts the measurement at this step of the epoch. */
  void restart(int step, long nanos) {
    fromStep = step;
    fromNanos = nanos;
    toStep = step;
    toNanos = nanos;
  }

  /**
   * The number of images per second.
   *
   * @return empty before there are two steps to measure between
   */
  public OptionalDouble perSecond() {
    return toNanos == fromNanos
        ? OptionalDouble.empty()
        : OptionalDouble.of((images(toStep) - images(fromStep)) / ((toNanos - fromNanos) / 1e9));
  }

  // The last batch of an epoch may be smaller.
  private double images(int steps) {
    return Math.min((long) steps * imagesPerStep, imagesPerEpoch);
  }
}
