package dev.discern.weights;

import dev.discern.torch.TensorInfo;
import java.util.List;

/**
 * A tensor as a pickle describes it, without its numbers. It lies within its storage.
 *
 * @param storage where its numbers are
 * @param offset the position of its first number in the storage
 * @param shape its sides, none negative
 * @param stride numbers to the next one along each side, none negative
 */
record TensorRef(StorageRef storage, long offset, List<Long> shape, List<Long> stride) {
  /**
   * Checks a tensor against its storage.
   *
   * @throws BadWeights if it has more numbers than its storage or lies outside
   */
  static TensorRef of(StorageRef storage, long offset, List<Long> shape, List<Long> stride)
      throws BadWeights {
    TensorRef tensor = new TensorRef(storage, offset, shape, stride);
    if (shape.size() != stride.size()
        || offset < 0
        || shape.stream().anyMatch(side -> side < 0)
        || stride.stream().anyMatch(step -> step < 0)) {
      throw BadWeights.damaged("a tensor has a shape, a stride or an offset that is impossible");
    }
    try {
      long count = tensor.info("").bytes() / storage.dtype().bytes();
      long end = Math.addExact(offset, tensor.extent());
      if (end > storage.count() || count > storage.count()) {
        throw BadWeights.damaged(
            "a tensor is larger than its storage '" + BadWeights.shown(storage.key()) + "'");
      }
    } catch (ArithmeticException e) {
      throw BadWeights.damaged("a tensor is too large for any file");
    }
    return tensor;
  }

  /** Name, dtype and shape. */
  TensorInfo info(String name) {
    return new TensorInfo(name, storage.dtype(), shape);
  }

  /** From its first number to the position after its last one, in numbers. */
  long extent() {
    if (shape.contains(0L)) {
      return 0;
    }
    long last = 0;
    for (int i = 0; i < shape.size(); i++) {
      last = Math.addExact(last, Math.multiplyExact(shape.get(i) - 1, stride.get(i)));
    }
    return last + 1;
  }

  /** Whether its numbers lie in the file as in a row-major tensor. */
  boolean isContiguous() {
    long expected = 1;
    for (int i = shape.size() - 1; i >= 0; i--) {
      if (shape.get(i) != 1 && stride.get(i) != expected) {
        return shape.contains(0L);
      }
      expected *= shape.get(i);
    }
    return true;
  }

  static long[] array(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }
}
