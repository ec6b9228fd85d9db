package dev.discern.feature;

import dev.discern.config.Internal;
import dev.discern.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/**
 * The features of images, one row per image.
 *
 * @param values row-major, float32
 * @param width the features of an image
 */
@Internal
@SuppressWarnings("ArrayRecordComponent") // large, and never compared
public record FeatureTable(float[] values, int width) {
  /** Refuses values that do not fill rows. */
  public FeatureTable {
    if (width < 1 || values.length % width != 0) {
      throw new IllegalArgumentException(
          values.length + " values do not fill rows of " + width + ".");
    }
  }

  /**
   * The number of images.
   *
   * @return rows of the table
   */
  public int rows() {
    return values.length / width;
  }

  /**
   * The features of an image.
   *
   * @param i its place in the set
   * @return a copy, of {@link #width} values
   */
  public float[] row(int i) {
    return Arrays.copyOfRange(values, i * width, (i + 1) * width);
  }

  /**
   * Some of the images.
   *
   * @param rows their places in the set, in any order
   * @return a table with a row for each
   */
  public FeatureTable select(int[] rows) {
    float[] selected = new float[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, rows[i] * width, selected, i * width, width);
    }
    return new FeatureTable(selected, width);
  }

  /**
   * The table as a tensor.
   *
   * @return {@code [N, F]}, float32, on the CPU, of the current scope
   */
  public Tensor tensor() {
    return Tensors.ofFloats(values, rows(), width);
  }
}
