package dev.discern.weights;

import dev.discern.torch.Dtype;

/**
 * A run of numbers in a PyTorch file, which tensors are views of.
 *
 * @param key its name in the file
 * @param dtype the type of its numbers
 * @param count how many there are, not negative
 */
record StorageRef(String key, Dtype dtype, long count) {
  /** The size in the file. */
  long bytes() throws BadWeights {
    try {
      return Math.multiplyExact(count, dtype.bytes());
    } catch (ArithmeticException e) {
      throw BadWeights.damaged("storage '" + BadWeights.shown(key) + "' is too large for any file");
    }
  }
}
