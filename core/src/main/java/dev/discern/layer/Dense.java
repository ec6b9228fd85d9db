package dev.discern.layer;

import dev.discern.layer.TensorSpec.Role;
import java.util.List;

/**
 * A linear layer on each pixel or token: {@code weight [out, in]} and {@code bias [out]}.
 *
 * @param name the prefix of its tensors' names
 * @param in the channels it receives
 * @param out the channels it makes
 */
public record Dense(String name, int in, int out) implements Layer {
  @Override
  public <T> T on(Interpreter<T> interpreter, T input) {
    return interpreter.dense(this, input);
  }

  @Override
  public List<TensorSpec> tensors() {
    return List.of(
        TensorSpec.weight(name + ".weight", out, out, in),
        TensorSpec.of(name + ".bias", Role.BIAS, out));
  }
}
