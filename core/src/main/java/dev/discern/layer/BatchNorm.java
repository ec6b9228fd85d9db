package dev.discern.layer;

import dev.discern.layer.TensorSpec.Role;
import java.util.List;

/**
 * Batch normalization (Ioffe and Szegedy, 2015): {@code weight}, {@code bias}, {@code running_mean}
 * and {@code running_var}, each {@code [channels]}.
 *
 * @param name the prefix of its tensors' names
 * @param channels the channels of the map
 * @param epsilon what is added to the variance
 */
public record BatchNorm(String name, int channels, double epsilon) implements Layer {
  /** The weight of a batch in the running statistics, as in PyTorch. */
  public static final double MOMENTUM = 0.1;

  private static final double EPSILON = 1e-5;

  /**
   * A normalization with PyTorch's epsilon of 1e-5.
   *
   * @param name the prefix of its tensors' names
   * @param channels the channels of the map
   */
  public BatchNorm(String name, int channels) {
    this(name, channels, EPSILON);
  }

  @Override
  public <T> T on(Interpreter<T> interpreter, T input) {
    return interpreter.batchNorm(this, input);
  }

  @Override
  public List<TensorSpec> tensors() {
    return List.of(
        TensorSpec.of(name + ".weight", Role.NORM_WEIGHT, channels),
        TensorSpec.of(name + ".bias", Role.NORM_BIAS, channels),
        TensorSpec.of(name + ".running_mean", Role.RUNNING_MEAN, channels),
        TensorSpec.of(name + ".running_var", Role.RUNNING_VARIANCE, channels));
  }
}
