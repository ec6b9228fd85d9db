package dev.discern.torch;

import java.util.List;

/**
 * What a file says about a tensor before its numbers are read.
 *
 * @param name the tensor's name
 * @param dtype the type of its numbers in the file
 * @param shape its sides, none of them negative; empty for a scalar
 */
public record TensorInfo(String name, Dtype dtype, List<Long> shape) {
  private static final int MAX_SIDES = 64;

  /** Copies the shape. */
  public TensorInfo {
    shape = List.copyOf(shape);
  }

  /**
   * The size of the tensor's numbers, computed exactly.
   *
   * @return bytes; 0 if a side is 0
   * @throws ArithmeticException if the engine could not even describe a tensor of this shape
   */
  public long bytes() {
    if (shape.size() > MAX_SIDES) {
      throw new ArithmeticException(shape.size() + " sides");
    }
    long bytes = dtype.bytes();
    for (long side : shape) {
      // The engine's strides take a side of 0 for 1.
      bytes = Math.multiplyExact(bytes, Math.max(1, side));
    }
    return shape.contains(0L) ? 0 : bytes;
  }
}
