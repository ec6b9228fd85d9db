package dev.discern.run;

import java.util.OptionalDouble;

/**
 * How fast images are trained, between two steps of one epoch: what lies between epochs, validation
 * and checkpoints, does not count.
 */
public final class ImageRate {
  private final int imagesPerEpoch;
  private final int batchSize;
  private int epoch;
  private int fromStep;
  private long fromNanos;
  private int toStep;
  private long toNanos;

  /**
   * Begins without a measurement.
   *
   * @param imagesPerEpoch images trained in an epoch
   * @param batchSize images a step
   */
  public ImageRate(int imagesPerEpoch, int batchSize) {
    this.imagesPerEpoch = imagesPerEpoch;
    this.batchSize = batchSize;
  }

  /**
   * A step has been made. The first of an epoch starts the measurement anew.
   *
   * @param ofEpoch which epoch
   * @param step steps made in it
   * @param nanos when, by any clock that runs on
   */
  public void step(int ofEpoch, int step, long nanos) {
    if (ofEpoch != epoch) {
      epoch = ofEpoch;
      restart(step, nanos);
    }
    toStep = step;
    toNanos = nanos;
  }

  /** Measures from this step of the epoch on. */
  void restart(int step, long nanos) {
    fromStep = step;
    fromNanos = nanos;
    toStep = step;
    toNanos = nanos;
  }

  /**
   * Images a second.
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
    return Math.min((long) steps * batchSize, imagesPerEpoch);
  }
}
