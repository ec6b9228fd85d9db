package dev.discern.explain;

import dev.discern.feature.FeatureTable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Finds the training images whose features point in the direction of another image's. */
public final class NearestImages {
  private final FeatureTable table;
  private final double[] lengths;

  /**
   * Prepares to search.
   *
   * @param table the features of the training images, one row per image
   */
  public NearestImages(FeatureTable table) {
    this.table = table;
    lengths =
        IntStream.range(0, table.rows())
            .mapToDouble(
                row -> {
                  float[] features = table.row(row);
                  return Math.sqrt(dot(features, features));
                })
            .toArray();
  }

  /**
   * The most similar training images.
   *
   * @param features {@code [F]}, of the same network
   * @param most the maximum number to return
   * @return the most similar first; those of equal similarity by their position
   */
  public List<Neighbor> of(float[] features, int most) {
    double length = Math.sqrt(dot(features, features));
    return IntStream.range(0, lengths.length)
        .parallel()
        .mapToObj(row -> new Neighbor(row, cosine(features, length, row)))
        .sorted(
            Comparator.comparingDouble(Neighbor::similarity)
                .reversed()
                .thenComparingInt(Neighbor::image))
        .limit(most)
        .toList();
  }

  // Features that are all 0 have no direction.
  private double cosine(float[] features, double length, int row) {
    double product = length * lengths[row];
    return product == 0 ? 0 : Math.min(1, dot(features, table.row(row)) / product);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
