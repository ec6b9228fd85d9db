package discern.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether confidence is accuracy: images binned by the probability of the predicted class.
 *
 * <p>The expected calibration error (Guo et al., 2017, eq. 3) is the mean over images of the gap
 * between a bin's confidence and its accuracy, with {@value #BINS} bins of equal width.
 */
public final class Calibration {
  /** The number of bins; bin b holds confidences in (b/15, (b+1)/15]. */
  public static final int BINS = 15;

  private final long[] images = new long[BINS];
  private final long[] right = new long[BINS];
  private final double[] confidence = new double[BINS];

  /**
   * A bin of the reliability diagram.
   *
   * @param images in the bin
   * @param accuracy share of them classified rightly; 0 if there is none
   * @param confidence their mean confidence; 0 if there is none
   */
  public record Bin(long images, double accuracy, double confidence) {}

  /**
   * Counts one image.
   *
   * @param probability of the predicted class, in [0, 1]
   * @param isRight whether the prediction is right
   */
  public void add(double probability, boolean isRight) {
    int bin = Math.min(BINS - 1, Math.max(0, (int) Math.ceil(probability * BINS) - 1));
    images[bin]++;
    right[bin] += isRight ? 1 : 0;
    confidence[bin] += probability;
  }

  /**
   * Adds another's counts.
   *
   * @param other any other
   */
  public void merge(Calibration other) {
    for (int b = 0; b < BINS; b++) {
      images[b] += other.images[b];
      right[b] += other.right[b];
      confidence[b] += other.confidence[b];
    }
  }

  /**
   * The expected calibration error.
   *
   * @return in [0, 1]; 0 without images
   */
  public double error() {
    double gaps = 0;
    long all = 0;
    for (int b = 0; b < BINS; b++) {
      gaps += Math.abs(right[b] - confidence[b]);
      all += images[b];
    }
    return all == 0 ? 0 : gaps / all;
  }

  /**
   * The reliability diagram.
   *
   * @return {@value #BINS} bins from low confidence to high
   */
  public List<Bin> bins() {
    List<Bin> bins = new ArrayList<>();
    for (int b = 0; b < BINS; b++) {
      double count = Math.max(1, images[b]);
      bins.add(new Bin(images[b], right[b] / count, confidence[b] / count));
    }
    return bins;
  }
}
