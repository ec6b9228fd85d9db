package dev.discern.head;

import dev.discern.loss.CrossEntropy;
import dev.discern.loss.Targets;
import dev.discern.torch.ParameterStore;
import org.bytedeco.pytorch.Tensor;

/**
 * A head whose logits are the cosines between the feature and the class weights, times a length:
 * {@code z_k = l·cos θ_k}. Training replaces the cosine of the true class with a smaller one and
 * applies cross-entropy.
 */
final class AngularHead implements Head {
  private final String name;
  private final Tensor weight;
  private final Length length;
  private final AngularMargin margin;

  /**
   * Adds {@code fc.weight [K, F]} to the store; there is no bias.
   *
   * @param name the name of the method, for messages
   * @param length multiplies the cosines
   * @param margin the margin of the true class
   */
  AngularHead(
      String name, ParameterStore store, HeadShape shape, Length length, AngularMargin margin) {
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
  public <T> T logits(Operations<T> operations, T features) {
    return lengthened(operations, cosines(operations, features), features);
  }

  private <T> T lengthened(Operations<T> operations, T cosines, T features) {
    return length.multiply(operations, cosines, features, operations.parameter(weight));
  }

  private <T> T cosines(Operations<T> operations, T features) {
    return operations.times(
        operations.unit(features), operations.unit(operations.parameter(weight)));
  }

  @Override
  public HeadLoss loss(Features features, Targets targets) {
    Targets.Classes classes = Targets.requireClasses(targets, name);
    Tensor pooled = features.pooled();
    Tensor cosines = cosines(EngineOperations.ENGINE, pooled);
    Tensor index = classes.classes().unsqueeze(1);
    Tensor hardened = cosines.scatter(1, index, margin.ofTrue(cosines.gather(1, index)));
    Tensor perSample =
        new CrossEntropy()
            .perSample(lengthened(EngineOperations.ENGINE, hardened, pooled), classes);
    return HeadLoss.of(lengthened(EngineOperations.ENGINE, cosines, pooled), perSample);
  }
}
