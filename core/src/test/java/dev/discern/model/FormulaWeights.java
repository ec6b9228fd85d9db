package dev.discern.model;

import dev.discern.torch.Seeds;

/**
 * Tensors that are functions of their name and shape alone, as in tools/golden/formula.py, bit for
 * bit: weights for golden values of networks, without files of weights.
 */
public final class FormulaWeights {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private FormulaWeights() {}

  /** Values {@code (float) (center + bound * u)} with u in [−1, 1). */
  private record Role(double center, double bound) {}

  /**
   * The values of a tensor.
   *
   * @param name its name in the state dict, or {@code input} or {@code cotangent}
   * @param shape its shape
   * @return the values in row-major order
   */
  public static float[] fill(String name, long... shape) {
    Role role = role(name, shape);
    float[] values = new float[Math.toIntExact(product(shape, 0))];
    long state = Seeds.mix(0, name);
    for (int i = 0; i < values.length; i++) {
      state += GOLDEN;
      double unit = (finish(state) >>> 40) * 0x1p-23 - 1;
      values[i] = (float) (role.center + role.bound * unit);
    }
    return values;
  }

  private static Role role(String name, long[] shape) {
    if (name.endsWith("weight") && shape.length > 1) {
      return new Role(0, Math.sqrt(gain(name) / product(shape, 1)));
    }
    if (name.endsWith("weight")) {
      return new Role(1, 0.25);
    }
    if (endsWith(name, ".se.fc2.bias", ".se.conv_expand.bias")) {
      return new Role(2, 1);
    }
    if (endsWith(name, "bias", "running_mean")) {
      return new Role(0, 0.125);
    }
    if (name.endsWith("running_var")) {
      return new Role(1, 0.5);
    }
    if (name.endsWith("gamma")) {
      return new Role(0.5, 0.25);
    }
    if (endsWith(name, "cls_token", "pos_embed")) {
      return new Role(0, 0.5);
    }
    return new Role(0, name.equals("input") ? 2 : 1);
  }

  private static double gain(String name) {
    if (name.contains(".se.")) {
      return 24;
    }
    if (name.startsWith("layer") && endsWith(name, ".conv2.weight", ".conv3.weight")) {
      return 0.25;
    }
    if (endsWith(name, "branch1.2.weight", "branch2.5.weight")) {
      return 2.5;
    }
    if (name.endsWith(".conv_pw.weight")) {
      return 3.25;
    }
    return name.endsWith("classifier.weight") ? 1 : 6;
  }

  private static boolean endsWith(String name, String first, String second) {
    return name.endsWith(first) || name.endsWith(second);
  }

  private static long product(long[] shape, int from) {
    long product = 1;
    for (int i = from; i < shape.length; i++) {
      product *= shape[i];
    }
    return product;
  }

  // The finalizer of Seeds.
  private static long finish(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
