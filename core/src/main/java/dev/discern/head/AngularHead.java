package dev.discern.head;

import dev.discern.loss.CrossEntropy;
import dev.discern.loss.Targets;
import dev.discern.torch.ParameterStore;
import java.util.function.BinaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * A head whose logits are the cosines between the feature and the class weights, times a length:
 * {@code z_k = l·cos θ_k}. Training replaces the cosine of the true class with a smaller one and
 * applies cross-entropy.
 */
final class AngularHead implements Head {
  private final String name;
  private final Tensor weight;
  private final BinaryOperator<Tensor> length;
  private final AngularMargin margin;

  /**
   * Adds {@code fc.weight [K, F]} to the store; there is no bias.
   *
   * @param name the name of the method, for messages
   * @param length maps features {@code [N, F]} and weights {@code [K, F]} to the factor of the
   *     cosines: {@code [N, K]}, or a shape that broadcasts to it
   * @param margin the margin of the true class
   */
  AngularHead(
      String name,
      ParameterStore store,
      HeadShape shape,
      BinaryOperator<Tensor> length,
      AngularMargin margin) {
    this.name = name;
    this.weight =
        store
            .under("fc")
            .uniform(
                "weight",
                1 / Math.sqrt(shape.featureCount()),
                shape.classCount(),
                shape.featureCount());
    this.length = length;
    this.margin = margin;
  }

  @Override
  public Tensor logits(Features features) {
    return cosines(features).mul(length.apply(features.pooled(), weight));
  }

  @Override
  public HeadLoss loss(Features features, Targets targets) {
    Targets.Classes classes = Targets.requireClasses(targets, name);
    Tensor cosines = cosines(features);
    Tensor length = this.length.apply(features.pooled(), weight);
    Tensor index = classes.classes().unsqueeze(1);
    Tensor hardened = cosines.scatter(1, index, margin.ofTrue(cosines.gather(1, index)));
    Tensor perSample = new CrossEntropy().perSample(hardened.mul(length), classes);
    return HeadLoss.of(cosines.mul(length), perSample);
  }

  private Tensor cosines(Features features) {
    return Angles.unit(features.pooled()).mm(Angles.unit(weight).t());
  }
}
