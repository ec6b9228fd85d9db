package dev.discern.check;

import dev.discern.data.LoadListener;
import dev.discern.feature.FeatureTable;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The nearest other images of each image by the cosine of their features.
 *
 * @param images {@code [N][k]}, the nearest first
 * @param cosines {@code [N][k]}, their cosines
 */
@SuppressWarnings("ArrayRecordComponent") // large, and never compared
record NearestImages(int[][] images, float[][] cosines) {
  // Rows and columns of a tile of similarities, which then fits into a processor's cache.
  private static final int TILE = 1024;

  /**
   * Finds them among all images. Every pair is compared, once for both of its images: time grows
   * with N², memory with N.
   *
   * @param features one row per image
   * @param most the number of neighbors; fewer if there are no more images
   * @param listener receives the progress
   * @param stop checked after every row of tiles
   * @return the neighbors
   * @throws CancellationException if it was stopped
   */
  static NearestImages of(
      FeatureTable features, int most, LoadListener listener, BooleanSupplier stop) {
    int rows = features.rows();
    NearestImages nearest = empty(rows, Math.min(most, rows - 1));
    if (nearest.count() == 0) {
      return nearest;
    }
    float[] values = new float[TILE * TILE];
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Tensor unit = unit(features);
      for (int from = 0; from < rows; from += TILE) {
        int height = Math.min(TILE, rows - from);
        for (int to = from; to < rows; to += TILE) {
          int width = Math.min(TILE, rows - to);
          try (Scope tile = new Scope()) {
            Tensor cosines = unit.narrow(0, from, height).mm(unit.narrow(0, to, width).t());
            Tensors.copy(cosines, values);
          }
          nearest.take(values, from, height, to, width);
        }
        listener.progress("finding neighbors", from + height, rows);
        if (stop.getAsBoolean()) {
          throw new CancellationException("Finding neighbors was stopped.");
        }
      }
    }
    return nearest;
  }

  private static NearestImages empty(int rows, int count) {
    float[][] cosines = new float[rows][count];
    for (float[] none : cosines) {
      Arrays.fill(none, Float.NEGATIVE_INFINITY);
    }
    return new NearestImages(new int[rows][count], cosines);
  }

  private static Tensor unit(FeatureTable features) {
    Tensor all = features.tensor();
    Tensor lengths = all.square().sum(new long[] {1}, true, null).sqrt();
    return all.div_(lengths.clamp_min(new Scalar(1e-12)));
  }

  private int count() {
    return cosines[0].length;
  }

  // Nearly all pairs are further than what both images have already: that test alone must be fast.
  private void take(float[] tile, int from, int height, int to, int width) {
    float[] least = new float[width];
    for (int c = 0; c < width; c++) {
      least[c] = farthest(to + c);
    }
    for (int r = 0; r < height; r++) {
      float leastOfRow = farthest(from + r);
      for (int c = from == to ? r + 1 : 0; c < width; c++) {
        float cosine = tile[r * width + c];
        if (cosine > leastOfRow) {
          insert(from + r, to + c, cosine);
          leastOfRow = farthest(from + r);
        }
        if (cosine > least[c]) {
          insert(to + c, from + r, cosine);
          least[c] = farthest(to + c);
        }
      }
    }
  }

  private float farthest(int image) {
    return cosines[image][cosines[image].length - 1];
  }

  private void insert(int image, int other, float cosine) {
    float[] kept = cosines[image];
    int at = kept.length - 1;
    for (; at > 0 && kept[at - 1] < cosine; at--) {
      kept[at] = kept[at - 1];
      images[image][at] = images[image][at - 1];
    }
    kept[at] = cosine;
    images[image][at] = other;
  }

  /**
   * How far an image is from its neighbors.
   *
   * @param image the image
   * @return 1 less their mean cosine: 0 for a copy of its neighbors, about 1 for an image unlike
   *     all others
   */
  double distance(int image) {
    double sum = 0;
    for (float cosine : cosines[image]) {
      sum += cosine;
    }
    return cosines[image].length == 0 ? 0 : 1 - sum / cosines[image].length;
  }

  /** Pairs of images and their nearest neighbors that are at least this close. */
  Pairs pairs(int nearest, double leastCosine) {
    Pairs pairs = new Pairs();
    for (int i = 0; i < images.length; i++) {
      for (int k = 0;
          k < Math.min(nearest, images[i].length) && cosines[i][k] >= leastCosine;
          k++) {
        pairs.add(i, images[i][k]);
      }
    }
    return pairs;
  }
}
