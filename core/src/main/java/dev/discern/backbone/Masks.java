package dev.discern.backbone;

import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Random factors for dropout: a function of the pass and the layer's name alone. */
final class Masks {
  private Masks() {}

  /**
   * Draws factors. They are drawn on the processor, so that every device gets the same.
   *
   * @param shape of the factors
   * @param like decides dtype and device
   * @param rate the probability of a zero
   * @param pass the seed
   * @param layer the layer's name
   * @return 0 or {@code 1 / (1 − rate)}
   */
  static Tensor of(long[] shape, Tensor like, double rate, Pass pass, String layer) {
    Generator generator = torch.make_generator_cpu(pass.seedOf(layer));
    Tensor kept =
        torch
            .empty(shape, new TensorOptions(ScalarType.Float), null)
            .bernoulli_(1 - rate, new GeneratorOptional(generator));
    return kept.div_(new Scalar(1 - rate)).to(like.device(), like.scalar_type());
  }
}
