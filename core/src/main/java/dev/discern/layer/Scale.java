package dev.discern.layer;

import dev.discern.layer.TensorSpec.Role;
import java.util.List;

/**
 * A learned factor for each channel (Touvron et al., "Going deeper with Image Transformers", 2021):
 * {@code name [channels]}.
 *
 * @param name the full name of its tensor
 * @param channels the channels of the map
 */
public record Scale(String name, int channels) implements Layer {
  /** The first value of the factors, as in ConvNeXt. */
  public static final double INITIAL = 1e-6;

  @Override
  public <T> T on(Interpreter<T> interpreter, T input) {
    return interpreter.scale(this, input);
  }

  @Override
  public List<TensorSpec> tensors() {
    return List.of(TensorSpec.of(name, Role.LAYER_SCALE, channels));
  }
}
