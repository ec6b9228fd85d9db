package dev.discern.metric;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures whether confidence matches accuracy: images binned by the probability of the predicted
 * class.
 *
 * <p>The expected calibration error (Guo et al., 2017, eq. 3) is the mean over images of the gap
 * between a bin's confidence and its accuracy, with {@value #BINS} bins of equal width.
 */
final class Calibration {
  /** The number of bins; bin b holds confidences in (b/15, (b+1)/15]. */
  static final int BINS = 15;

  private final long[] images = new long[BINS];
  private final long[] right = new long[BINS];
  private final double[] confidence = new double[BINS];

  void add(Outcome outcome) {
    // Exact: the product of a float and 15 fits a double, so no confidence crosses a bin edge.
    int bin = (int) Math.ceil(outcome.confidence() * BINS) - 1;
    bin = Math.min(BINS - 1, Math.max(0, bin));
    images[bin]++;
    right[bin] += outcome.predicted() == outcome.label() ? 1 : 0;
    confidence[bin] += outcome.confidence();
  }

  void merge(Calibration other) {
    for (int b = 0; b < BINS; b++) {
      images[b] += other.images[b];
      right[b] += other.right[b];
      confidence[b] += other.confidence[b];
    }
  }

  /** The expected calibration error, in [0, 1]; at least one image must have been added. */
  double error() {
    double gaps = 0;
    long all = 0;
    for (int b = 0; b < BINS; b++) {
      gaps += Math.abs(right[b] - confidence[b]);
      all += images[b];
    }
    return gaps / all;
  }

  /** The {@value #BINS} bins of the reliability diagram, in increasing order of confidence. */
  List<ReliabilityBin> bins() {
    List<ReliabilityBin> bins = new ArrayList<>();
    for (int b = 0; b < BINS; b++) {
      bins.add(
          new ReliabilityBin(
              (double) b / BINS,
              (b + 1.0) / BINS,
              images[b],
              mean(confidence[b], images[b]),
              mean(right[b], images[b])));
    }
    return List.copyOf(bins);
  }

  private static @Nullable Double mean(double sum, long count) {
    return count == 0 ? null : sum / count;
  }
}
