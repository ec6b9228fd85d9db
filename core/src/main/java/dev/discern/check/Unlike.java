package dev.discern.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Finds images unlike all others: those whose nearest neighbors in feature space are far away. */
final class Unlike {
  /** The number of neighbors. */
  static final int NEIGHBORS = 5;

  private static final double LEAST_DISTANCE = 0.1;

  private Unlike() {}

  /** A finding for each such image. */
  static List<Finding> in(Pool pool, NearestImages nearest) {
    double[] distances = IntStream.range(0, pool.size()).mapToDouble(nearest::distance).toArray();
    Fence fence = Fence.of(distances, LEAST_DISTANCE);
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < distances.length; i++) {
      if (distances[i] > fence.high()) {
        String words = String.format(Locale.ROOT, "distance %.2f", distances[i]);
        findings.add(new Finding(Kind.UNLIKE, words, distances[i], List.of(pool.member(i, ""))));
      }
    }
    return findings;
  }
}
