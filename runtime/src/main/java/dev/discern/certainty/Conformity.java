package dev.discern.certainty;

import dev.discern.failure.InvalidRequest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The distribution of the conformity scores of calibration images, from which the threshold of any
 * coverage follows by split conformal prediction (Vovk, Gammerman, Shafer: Algorithmic Learning in
 * a Random World, 2005; Angelopoulos, Bates: A Gentle Introduction to Conformal Prediction, arXiv
 * 2107.07511, section 1).
 *
 * <p>Where many scores differ, not all are kept. The threshold is then the next larger one that is,
 * and the share of images whose set lacks the true class is smaller than asked for by at most one
 * hundredth of itself. This bounds the size: some 1,000 scores of a million images.
 *
 * @param images n, the number of calibration images
 * @param steps the distribution: scores that occur, in increasing order, the largest among them
 */
public record Conformity(int images, List<Step> steps) {
  private static final int KEPT = 100; // the inverse of a hundredth

  /**
   * A step of the distribution.
   *
   * @param score a conformity score, in [0, 1]
   * @param images the number of calibration images with at most this score
   */
  public record Step(double score, int images) {}

  /**
   * Keeps an unmodifiable copy.
   *
   * @throws IllegalArgumentException if scores or numbers of images do not increase, a score is
   *     outside [0, 1] or NaN, or the last step is not that of all images
   */
  public Conformity {
    steps = List.copyOf(steps);
    Step before = new Step(-1, 0);
    for (Step step : steps) {
      boolean follows = step.score() > before.score() && step.images() > before.images();
      if (!(follows && step.score() >= 0 && step.score() <= 1)) {
        throw new IllegalArgumentException("the conformity scores are not a distribution");
      }
      before = step;
    }
    if (steps.isEmpty() || before.images() != images) {
      throw new IllegalArgumentException("the conformity scores are not those of all images");
    }
  }

  /**
   * The distribution of scores.
   *
   * @param scores those of n ≥ 1 images, each in [0, 1]; not changed
   * @return their distribution, thinned if it has very many steps
   */
  public static Conformity of(double... scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    List<Step> all = new ArrayList<>();
    for (int i = 0; i < sorted.length; i++) {
      if (i == sorted.length - 1 || sorted[i + 1] > sorted[i]) {
        all.add(new Step(sorted[i], i + 1));
      }
    }
    return new Conformity(sorted.length, thinned(all, sorted.length));
  }

  // Without a step, the ranks above the one kept before it get the score of the step after it.
  private static List<Step> thinned(List<Step> all, int images) {
    List<Step> kept = new ArrayList<>();
    int below = 0;
    for (int s = 0; s < all.size(); s++) {
      boolean last = s == all.size() - 1;
      if (last || all.get(s + 1).images() - below - 1 > (images - below) / KEPT) {
        kept.add(all.get(s));
        below = all.get(s).images();
      }
    }
    return kept;
  }

  /**
   * The threshold of a coverage: the {@code ⌈(n + 1)·coverage⌉}-th smallest score.
   *
   * @param coverage the probability with which a set shall hold the true class, in (0, 1)
   * @return the score up to which a class belongs to the set; positive infinity, for sets of all
   *     classes, if there are fewer images than {@link #imagesFor}
   * @throws InvalidRequest if the coverage is not in (0, 1)
   */
  public double threshold(double coverage) {
    requireCoverage(coverage);
    long rank =
        BigDecimal.valueOf(coverage)
            .multiply(BigDecimal.valueOf(images + 1L))
            .setScale(0, RoundingMode.CEILING)
            .longValueExact();
    return steps.stream()
        .filter(step -> step.images() >= rank)
        .mapToDouble(Step::score)
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /**
   * The number of calibration images that a coverage needs: the smallest n with {@code ⌈(n +
   * 1)·coverage⌉ ≤ n}.
   *
   * @param coverage in (0, 1)
   * @return 9 for a coverage of 0.9, 19 for 0.95, 99 for 0.99
   * @throws InvalidRequest if the coverage is not in (0, 1)
   */
  public static long imagesFor(double coverage) {
    requireCoverage(coverage);
    BigDecimal exact = BigDecimal.valueOf(coverage);
    return exact.divide(BigDecimal.ONE.subtract(exact), 0, RoundingMode.CEILING).longValue();
  }

  private static void requireCoverage(double coverage) {
    if (!(coverage > 0 && coverage < 1)) {
      throw new InvalidRequest(
          "The coverage is " + coverage + ", but it must lie between 0 and 1, such as 0.95.");
    }
  }
}
