package discern.run;

import java.util.OptionalDouble;

/**
 * How fast images are trained, between two steps of one epoch: what lies between epochs, validation
 * and checkpoints, does not count.
 */
final class ImageRate {
  private final int imagesPerEpoch;
  private final int batchSize;
  private int epoch;
  private int fromStep;
  private long fromNanos;
  private int toStep;
  private long toNanos;

  ImageRate(int imagesPerEpoch, int batchSize) {
    this.imagesPerEpoch = imagesPerEpoch;
    this.batchSize = batchSize;
  }

  /** A step has been made. */
  void step(int ofEpoch, int step, long nanos) {
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

  /** Images a second; empty before there are two steps to measure between. */
  OptionalDouble perSecond() {
    return toNanos == fromNanos
        ? OptionalDouble.empty()
        : OptionalDouble.of((images(toStep) - images(fromStep)) / ((toNanos - fromNanos) / 1e9));
  }

  // The last batch of an epoch may be smaller.
  private double images(int steps) {
    return Math.min((long) steps * batchSize, imagesPerEpoch);
  }
}
