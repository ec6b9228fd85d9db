package dev.discern.layer;

import java.util.Arrays;
import java.util.List;

/**
 * A tensor that a layer owns.
 *
 * @param name its full name, such as {@code layer1.0.conv1.weight}
 * @param role what it is for, which decides its first values and whether it trains
 * @param shape its sides
 * @param fanOut for a weight, the number of outputs that one input reaches; else 0
 */
public record TensorSpec(String name, Role role, List<Long> shape, long fanOut) {
  /** What tensors are for. */
  public enum Role {
    /** The weights of a convolution or linear layer. */
    WEIGHT(true),
    /** What a convolution or linear layer adds. */
    BIAS(true),
    /** The factor of a normalization. */
    NORM_WEIGHT(true),
    /** What a normalization adds. */
    NORM_BIAS(true),
    /** A factor for each channel that scales a residual branch. */
    LAYER_SCALE(true),
    /** A position or class embedding. */
    EMBEDDING(true),
    /** The running mean of a batch normalization. */
    RUNNING_MEAN(false),
    /** The running variance of a batch normalization. */
    RUNNING_VARIANCE(false);

    private final boolean trains;

    Role(boolean trains) {
      this.trains = trains;
    }

    /**
     * Whether gradients update the tensor.
     *
     * @return false for running statistics
     */
    public boolean trains() {
      return trains;
    }
  }

  /** Keeps an unmodifiable copy. */
  public TensorSpec {
    shape = List.copyOf(shape);
  }

  static TensorSpec of(String name, Role role, long... shape) {
    return new TensorSpec(name, role, Arrays.stream(shape).boxed().toList(), 0);
  }

  static TensorSpec weight(String name, long fanOut, long... shape) {
    return new TensorSpec(name, Role.WEIGHT, Arrays.stream(shape).boxed().toList(), fanOut);
  }

  /**
   * The shape as the engine takes it.
   *
   * @return a new array
   */
  public long[] sides() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * The number of values.
   *
   * @return the product of the sides
   */
  public long size() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }
}
