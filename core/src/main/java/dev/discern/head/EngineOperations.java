package dev.discern.head;

import dev.discern.config.Internal;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** A head's operations in the engine, differentiable. */
@Internal
public final class EngineOperations implements Operations<Tensor> {
  /** The only instance. */
  public static final EngineOperations ENGINE = new EngineOperations();

  private EngineOperations() {}

  @Override
  public Tensor parameter(Tensor tensor) {
    return tensor;
  }

  @Override
  public Tensor linear(Tensor input, Tensor weight, Tensor bias) {
    return torch.linear(input, weight, new TensorOptional(bias));
  }

  @Override
  public Tensor times(Tensor input, Tensor rows) {
    return input.mm(rows.t());
  }

  @Override
  public Tensor lengths(Tensor rows) {
    return Angles.lengths(rows);
  }

  @Override
  public Tensor unit(Tensor rows) {
    return Angles.unit(rows);
  }

  @Override
  public Tensor multiply(Tensor left, Tensor right) {
    return left.mul(right);
  }

  @Override
  public Tensor add(Tensor left, Tensor right) {
    return left.add(right);
  }

  @Override
  public Tensor scale(Tensor input, double factor) {
    return input.mul(new Scalar(factor));
  }

  @Override
  public Tensor transpose(Tensor input) {
    return input.t();
  }

  @Override
  public Tensor sumRows(Tensor input) {
    return input.sum(new long[] {1}, true, new ScalarTypeOptional());
  }

  @Override
  public Tensor exp(Tensor input) {
    return input.exp();
  }

  @Override
  public Tensor relu(Tensor input) {
    return input.relu();
  }

  @Override
  public Tensor sigmoid(Tensor input) {
    return input.sigmoid();
  }
}
