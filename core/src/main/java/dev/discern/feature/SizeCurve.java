package dev.discern.feature;

import dev.discern.config.Internal;
import dev.discern.data.LoadListener;
import dev.discern.stats.Doubling;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * How accuracy grows with the number of training images: a {@link LinearProbe} on their features,
 * trained with some of them and measured on the validation images.
 *
 * <p>The subsets are 1/16, 1/8, 1/4 and 1/2 of each class, drawn {@value #DRAWS} times, and all
 * images once. Sizes that are equal, because classes are small, count once.
 *
 * @param validationImages how many images the accuracies are measured on
 * @param points from the smallest subset to all images
 * @param doubling what twice as many images would bring; empty if there are too few sizes to tell
 */
@Internal
public record SizeCurve(int validationImages, List<Point> points, Optional<Doubling> doubling) {
  private static final double[] SHARES = {1 / 16.0, 1 / 8.0, 1 / 4.0, 1 / 2.0, 1};
  private static final int DRAWS = 4;
  // From 190 to 3,068 photographs of clothing, the likelihood of others is best here, and flat.
  private static final double L2 = 0.03;

  /** Keeps an unmodifiable copy. */
  public SizeCurve {
    points = List.copyOf(points);
  }

  /**
   * The subsets of one size.
   *
   * @param images how many training images
   * @param accuracies on the validation images, one for each draw
   */
  public record Point(int images, List<Double> accuracies) {
    /** Keeps an unmodifiable copy. */
    public Point {
      accuracies = List.copyOf(accuracies);
    }
  }

  /**
   * Labeled features.
   *
   * @param features one row per image
   * @param labels the class of each
   */
  @SuppressWarnings("ArrayRecordComponent") // large, and never compared
  public record Part(FeatureTable features, int[] labels) {
    Part of(int[] rows) {
      return new Part(features.select(rows), Subsets.labels(labels, rows));
    }
  }

  /**
   * Measures the curve. It takes about as long as five trainings with all images.
   *
   * @param train the training images
   * @param validation the validation images, which train nothing; at least one
   * @param classes the number of classes
   * @param seed of the draws
   * @param listener receives the progress, in trainings
   * @param stop checked between trainings
   * @return the curve; empty if the classes are too small for subsets
   * @throws CancellationException if it was stopped
   */
  public static Optional<SizeCurve> of(
      Part train,
      Part validation,
      int classes,
      long seed,
      LoadListener listener,
      BooleanSupplier stop) {
    List<Subsets> draws =
        IntStream.range(0, DRAWS)
            .mapToObj(draw -> Subsets.draw(train.labels(), classes, seed + draw))
            .toList();
    double[] shares = differing(draws.get(0));
    if (shares.length < 2) {
      return Optional.empty();
    }
    double[] sizes = new double[shares.length];
    boolean[][][] right = new boolean[shares.length][DRAWS][];
    long done = 0;
    long total = (long) DRAWS * (shares.length - 1) + 1;
    for (int s = 0; s < shares.length; s++) {
      for (int draw = 0; draw < DRAWS; draw++) {
        int[] rows = draws.get(draw).share(shares[s]);
        sizes[s] = rows.length;
        if (draw > 0 && shares[s] == 1) { // all images are the same images
          right[s][draw] = right[s][0];
          continue;
        }
        right[s][draw] = right(train.of(rows), validation, classes);
        listener.progress("measuring the gain from more images", ++done, total);
        if (stop.getAsBoolean()) {
          throw new CancellationException("Measuring the learning curve was stopped.");
        }
      }
    }
    return Optional.of(
        new SizeCurve(
            validation.labels().length,
            IntStream.range(0, shares.length).mapToObj(s -> point(sizes[s], right[s])).toList(),
            shares.length < Doubling.SIZES
                ? Optional.empty()
                : Optional.of(Doubling.of(sizes, right, seed))));
  }

  private static Point point(double images, boolean[][] right) {
    return new Point((int) images, Arrays.stream(right).distinct().map(SizeCurve::share).toList());
  }

  private static double[] differing(Subsets draw) {
    return Arrays.stream(SHARES)
        .filter(share -> share == 1 || draw.share(share).length < draw.share(2 * share).length)
        .toArray();
  }

  private static boolean[] right(Part train, Part validation, int classes) {
    float[][] found =
        LinearProbe.train(train.features(), train.labels(), classes, L2)
            .probabilities(validation.features());
    boolean[] right = new boolean[found.length];
    for (int i = 0; i < right.length; i++) {
      right[i] = likeliest(found[i]) == validation.labels()[i];
    }
    return right;
  }

  private static int likeliest(float[] probabilities) {
    int best = 0;
    for (int k = 1; k < probabilities.length; k++) {
      best = probabilities[k] > probabilities[best] ? k : best;
    }
    return best;
  }

  private static double share(boolean[] right) {
    int count = 0;
    for (boolean one : right) {
      count += one ? 1 : 0;
    }
    return (double) count / right.length;
  }
}
