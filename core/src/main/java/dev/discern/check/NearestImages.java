package dev.discern.check;

import dev.discern.data.LoadListener;
import dev.discern.feature.FeatureTable;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;

/**
 * The nearest other images of each image by the cosine of their features.
 *
 * @param images {@code [N][k]}, the nearest first
 * @param cosines {@code [N][k]}, their cosines
 */
@SuppressWarnings("ArrayRecordComponent") // large, and never compared
record NearestImages(int[][] images, float[][] cosines) {
  // Similarities of a block of images with all others take up to 64 MB.
  private static final int BLOCK_VALUES = 1 << 24;

  /**
   * Finds them among all images, in blocks: time grows with N², memory with N.
   *
   * @param features one row per image
   * @param most the number of neighbors; fewer if there are no more images
   * @param listener receives the progress
   * @param stop checked after every block
   * @return the neighbors
   * @throws CancellationException if it was stopped
   */
  static NearestImages of(
      FeatureTable features, int most, LoadListener listener, BooleanSupplier stop) {
    int rows = features.rows();
    int count = Math.min(most, rows - 1);
    int[][] images = new int[rows][count];
    float[][] cosines = new float[rows][count];
    if (count == 0) {
      return new NearestImages(images, cosines);
    }
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Tensor unit = unit(features);
      int block = Math.max(1, Math.min(rows, BLOCK_VALUES / rows));
      for (int from = 0; from < rows; from += block) {
        int size = Math.min(block, rows - from);
        try (Scope inner = new Scope()) {
          // One more, since an image is its own nearest neighbor.
          T_TensorTensor_T nearest =
              unit.narrow(0, from, size).mm(unit.t()).topk(count + 1, 1, true, true);
          float[] values = Tensors.toFloats(nearest.get0());
          long[] indices = Tensors.toLongs(nearest.get1());
          for (int k = 0; k < size; k++) {
            take(from + k, k * (count + 1), values, indices, images, cosines);
          }
        }
        listener.progress("finding neighbors", from + size, rows);
        if (stop.getAsBoolean()) {
          throw new CancellationException("Finding neighbors was stopped.");
        }
      }
    }
    return new NearestImages(images, cosines);
  }

  private static Tensor unit(FeatureTable features) {
    Tensor all = features.tensor();
    Tensor lengths = all.square().sum(new long[] {1}, true, null).sqrt();
    return all.div_(lengths.clamp_min(new Scalar(1e-12)));
  }

  // Where copies tie, the image itself need not come first, or at all.
  private static void take(
      int image, int at, float[] values, long[] indices, int[][] images, float[][] cosines) {
    int to = 0;
    for (int k = at; to < images[image].length; k++) {
      if (indices[k] != image) {
        images[image][to] = (int) indices[k];
        cosines[image][to++] = values[k];
      }
    }
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
