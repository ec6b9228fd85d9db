package dev.discern.check;

import dev.discern.feature.FeatureTable;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Reduces features to their principal components, which makes everything after it several times
 * faster and loses little. The covariance is summed in blocks of images, so that there is no copy
 * of all features.
 */
final class PrincipalComponents {
  private static final int BLOCK = 4096;

  private PrincipalComponents() {}

  /**
   * Projects features to their first components, centered and scaled by one number so that a row
   * has on average as large a squared length as it has values.
   *
   * @param tables the features of the images in order; of one width, with 1 row at least
   * @param most the largest number of components
   * @return {@code [N, min(most, F)]}, one row per image
   */
  static FeatureTable of(List<FeatureTable> tables, int most) {
    int width = tables.get(0).width();
    int kept = Math.min(most, width);
    int rows = tables.stream().mapToInt(FeatureTable::rows).sum();
    try (Scope scope = new Scope()) {
      Tensor mean = mean(tables, rows);
      T_TensorTensor_T decomposed = torch.linalg_eigh(covariance(tables, mean, rows));
      // Ascending eigenvalues: the last are the largest.
      double variance =
          decomposed
              .get0()
              .narrow(0, width - kept, kept)
              .clamp_min(new Scalar(0.0))
              .sum()
              .item_double();
      Tensor axes = decomposed.get1().narrow(1, width - kept, kept).to(ScalarType.Float);
      double scale = variance > 0 ? Math.sqrt(kept / variance) : 1;
      return projected(tables, rows, mean.to(ScalarType.Float), axes.mul(new Scalar(scale)));
    }
  }

  private static Tensor mean(List<FeatureTable> tables, int rows) {
    double[] mean = new double[tables.get(0).width()];
    for (FeatureTable table : tables) {
      float[] values = table.values();
      for (int at = 0; at < values.length; at++) {
        mean[at % mean.length] += values[at];
      }
    }
    return Tensors.ofDoubles(Arrays.stream(mean).map(sum -> sum / rows).toArray(), mean.length);
  }

  private static Tensor covariance(List<FeatureTable> tables, Tensor mean, int rows) {
    long width = mean.numel();
    Tensor sum = Tensors.empty(ScalarType.Double, width, width).zero_();
    Tensor center = mean.to(ScalarType.Float);
    for (FeatureTable table : tables) {
      for (int from = 0; from < table.rows(); from += BLOCK) {
        try (Scope block = new Scope()) {
          Tensor centered = block(table, from).sub_(center);
          sum.add_(centered.t().mm(centered));
        }
      }
    }
    return sum.div_(new Scalar((double) rows));
  }

  private static FeatureTable projected(
      List<FeatureTable> tables, int rows, Tensor mean, Tensor axes) {
    int kept = (int) axes.size(1);
    float[] all = new float[Math.multiplyExact(rows, kept)];
    int to = 0;
    for (FeatureTable table : tables) {
      for (int from = 0; from < table.rows(); from += BLOCK) {
        try (Scope block = new Scope()) {
          float[] part = Tensors.toFloats(block(table, from).sub_(mean).mm(axes));
          System.arraycopy(part, 0, all, to, part.length);
          to += part.length;
        }
      }
    }
    return new FeatureTable(all, kept);
  }

  private static Tensor block(FeatureTable table, int from) {
    int count = Math.min(BLOCK, table.rows() - from);
    int width = table.width();
    return Tensors.ofFloats(
        Arrays.copyOfRange(table.values(), from * width, (from + count) * width), count, width);
  }
}
