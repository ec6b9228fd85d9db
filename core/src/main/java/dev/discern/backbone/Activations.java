package dev.discern.backbone;

import dev.discern.layer.Activation;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Activations in the engine. */
final class Activations {
  private Activations() {}

  /**
   * Applies an activation.
   *
   * @param activation which
   * @param input overwritten if it is free and the backward pass can do without it
   * @param backward whether there will be a backward pass
   */
  static Tensor apply(Activation activation, Flow input, boolean backward) {
    boolean inPlace = input.isFree() && (!backward || invertsFromOutput(activation));
    return inPlace ? overwritten(activation, input.tensor()) : copied(activation, input.tensor());
  }

  // Their derivative is a function of the output.
  private static boolean invertsFromOutput(Activation activation) {
    return activation == Activation.RELU
        || activation == Activation.RELU6
        || activation == Activation.SIGMOID;
  }

  private static Tensor overwritten(Activation activation, Tensor x) {
    return switch (activation) {
      case RELU -> x.relu_();
      case RELU6 -> torch.relu6_(x);
      case SILU -> torch.silu_(x);
      case GELU -> torch.gelu(x);
      case HARD_SWISH -> torch.hardswish_(x);
      case HARD_SIGMOID -> torch.hardsigmoid_(x);
      case SIGMOID -> x.sigmoid_();
    };
  }

  private static Tensor copied(Activation activation, Tensor x) {
    return switch (activation) {
      case RELU -> torch.relu(x);
      case RELU6 -> torch.relu6(x);
      case SILU -> torch.silu(x);
      case GELU -> torch.gelu(x);
      case HARD_SWISH -> torch.hardswish(x);
      case HARD_SIGMOID -> torch.hardsigmoid(x);
      case SIGMOID -> x.sigmoid();
    };
  }
}
