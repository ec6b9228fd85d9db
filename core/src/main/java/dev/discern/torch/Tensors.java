package dev.discern.torch;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Converts host arrays to tensors and back. Every tensor returned owns its memory. */
public final class Tensors {
  private Tensors() {}

  /**
   * Copies floats into a new tensor.
   *
   * @param values row-major values
   * @param shape the shape; its product is the number of values
   * @return a float32 tensor on the CPU
   */
  public static Tensor ofFloats(float[] values, long... shape) {
    requireCount(values.length, shape);
    Tensor tensor = empty(ScalarType.Float, shape);
    if (values.length > 0) {
      new FloatPointer(tensor.data_ptr()).put(values);
    }
    return tensor;
  }

  /**
   * Copies unsigned bytes into a new tensor.
   *
   * @param values row-major values
   * @param shape the shape; its product is the number of values
   * @return a uint8 tensor on the CPU
   */
  public static Tensor ofBytes(byte[] values, long... shape) {
    requireCount(values.length, shape);
    Tensor tensor = empty(ScalarType.Byte, shape);
    if (values.length > 0) {
      new BytePointer(tensor.data_ptr()).put(values);
    }
    return tensor;
  }

  /**
   * Copies doubles into a new tensor.
   *
   * @param values row-major values
   * @param shape the shape; its product is the number of values
   * @return a float64 tensor on the CPU
   */
  public static Tensor ofDoubles(double[] values, long... shape) {
    requireCount(values.length, shape);
    Tensor tensor = empty(ScalarType.Double, shape);
    if (values.length > 0) {
      new DoublePointer(tensor.data_ptr()).put(values);
    }
    return tensor;
  }

  /**
   * Copies class indices into a new tensor.
   *
   * @param values one index per sample
   * @return an int64 tensor {@code [N]} on the CPU
   */
  public static Tensor ofClasses(int[] values) {
    long[] wide = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    Tensor tensor = empty(ScalarType.Long, wide.length);
    if (wide.length > 0) {
      new LongPointer(tensor.data_ptr()).put(wide);
    }
    return tensor;
  }

  /**
   * Allocates a tensor and leaves its values undefined.
   *
   * @param type the dtype
   * @param shape its sides; no values at all if one is 0
   * @return a contiguous tensor on the CPU
   */
  // Tensor.create writes through sun.misc.Unsafe, about which Java 24 and later warn.
  public static Tensor empty(ScalarType type, long... shape) {
    Natives.load();
    return torch.empty(shape, new TensorOptions(type), null);
  }

  /**
   * Copies a tensor of any floating dtype and device to the host.
   *
   * @param tensor the tensor
   * @return its values as float32, row-major
   */
  public static float[] toFloats(Tensor tensor) {
    try (Scope scope = new Scope()) {
      Tensor host = tensor.detach().cpu().to(ScalarType.Float).contiguous();
      float[] values = new float[Math.toIntExact(host.numel())];
      if (values.length > 0) {
        new FloatPointer(host.data_ptr()).get(values);
      }
      return values;
    }
  }

  /**
   * Copies a tensor into an array that is there already.
   *
   * @param tensor float32, on the CPU
   * @param to receives its values, row-major, from the start; at least as long
   */
  public static void copy(Tensor tensor, float[] to) {
    try (Scope scope = new Scope()) {
      Tensor whole = tensor.contiguous();
      if (whole.scalar_type().intern() != ScalarType.Float
          || !whole.is_cpu()
          || whole.numel() > to.length) {
        throw new IllegalArgumentException(
            whole.numel() + " values do not fit as floats into " + to.length + ".");
      }
      new FloatPointer(whole.data_ptr()).get(to, 0, (int) whole.numel());
    }
  }

  /**
   * Copies a tensor of any floating dtype and device to the host without loss.
   *
   * @param tensor the tensor
   * @return its values as float64, row-major
   */
  public static double[] toDoubles(Tensor tensor) {
    try (Scope scope = new Scope()) {
      Tensor host = tensor.detach().cpu().to(ScalarType.Double).contiguous();
      double[] values = new double[Math.toIntExact(host.numel())];
      if (values.length > 0) {
        new DoublePointer(host.data_ptr()).get(values);
      }
      return values;
    }
  }

  /**
   * Copies an integer tensor to the host.
   *
   * @param tensor the tensor
   * @return its values as int64, row-major
   */
  public static long[] toLongs(Tensor tensor) {
    try (Scope scope = new Scope()) {
      Tensor host = tensor.detach().cpu().to(ScalarType.Long).contiguous();
      long[] values = new long[Math.toIntExact(host.numel())];
      if (values.length > 0) {
        new LongPointer(host.data_ptr()).get(values);
      }
      return values;
    }
  }

  private static void requireCount(int count, long... shape) {
    long product = 1;
    for (long side : shape) {
      product = Math.multiplyExact(product, side);
    }
    if (product != count) {
      throw new IllegalArgumentException(
          count + " values do not fill the shape " + java.util.Arrays.toString(shape) + ".");
    }
  }
}
