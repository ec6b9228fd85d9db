package dev.discern.layer;

import dev.discern.layer.TensorSpec.Role;
import java.util.List;

/**
 * Layer normalization over the channels of each pixel or token (Ba, Kiros, Hinton, 2016): {@code
 * weight} and {@code bias}, each {@code [channels]}.
 *
 * @param name the prefix of its tensors' names
 * @param channels the channels of the map, or the width of the tokens
 */
public record LayerNorm(String name, int channels) implements Layer {
  /** What is added to the variance, as in ConvNeXt and in the vision transformers of timm. */
  public static final double EPSILON = 1e-6;

  @Override
  public <T> T on(Interpreter<T> interpreter, T input) {
    return interpreter.layerNorm(this, input);
  }

  @Override
  public List<TensorSpec> tensors() {
    return List.of(
        TensorSpec.of(name + ".weight", Role.NORM_WEIGHT, channels),
        TensorSpec.of(name + ".bias", Role.NORM_BIAS, channels));
  }
}
