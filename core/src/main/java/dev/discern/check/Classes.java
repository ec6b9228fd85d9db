package dev.discern.check;

import dev.discern.config.Internal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Counts the images of each class, and finds classes of few images. */
@Internal
public final class Classes {
  /** Classes of fewer images are small. */
  static final int FEW = 20;

  /** Classes of a smaller share of the median class are small. */
  static final double SHARE = 0.1;

  private static final int EXAMPLES = 8;

  private Classes() {}

  /** The number of images of each class. */
  static int[] counts(Pool pool) {
    int[] counts = new int[pool.classNames().size()];
    for (int i = 0; i < pool.size(); i++) {
      Arrays.stream(pool.labels(i)).forEach(k -> counts[k]++);
    }
    return counts;
  }

  /** A finding for each small class, with a few of its images. */
  static List<Finding> small(Pool pool) {
    int[] counts = counts(pool);
    double median = median(counts);
    double least = least(counts);
    List<Finding> findings = new ArrayList<>();
    for (int k = 0; k < counts.length; k++) {
      if (counts[k] < least) {
        int wanted = k;
        List<Finding.Member> members =
            IntStream.range(0, pool.size())
                .filter(i -> Arrays.stream(pool.labels(i)).anyMatch(label -> label == wanted))
                .limit(EXAMPLES)
                .mapToObj(i -> pool.member(i, ""))
                .toList();
        String words =
            pool.classNames().get(k)
                + " has "
                + (counts[k] == 1 ? "1 image" : counts[k] + " images")
                + "; the median class has "
                + Math.round(median);
        findings.add(new Finding(Kind.SMALL_CLASS, words, median - counts[k], members));
      }
    }
    return findings;
  }

  /**
   * The least number of images of a class that is not small.
   *
   * @param counts the number of images of each class
   * @return {@value #FEW}, or more if classes are large
   */
  public static double least(int[] counts) {
    return Math.max(FEW, SHARE * median(counts));
  }

  private static double median(int[] counts) {
    return Fence.median(Arrays.stream(counts).asDoubleStream().toArray());
  }

  /** A row for each class. */
  static List<ClassRow> rows(Pool pool, Optional<double[]> recalls, List<Finding> findings) {
    int[] counts = counts(pool);
    return IntStream.range(0, counts.length)
        .mapToObj(
            k -> {
              String name = pool.classNames().get(k);
              long suspects =
                  findings.stream()
                      .filter(f -> f.kind() == Kind.LABEL)
                      .filter(f -> f.members().get(0).labels().contains(name))
                      .count();
              return new ClassRow(
                  name, counts[k], recalls.map(all -> all[k]).orElse(Double.NaN), (int) suspects);
            })
        .sorted(Comparator.comparing(ClassRow::name))
        .toList();
  }
}
