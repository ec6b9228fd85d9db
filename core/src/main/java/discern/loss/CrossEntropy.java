package discern.loss;

import org.bytedeco.pytorch.Tensor;

/**
 * Cross-entropy: {@code −ln p_y}. Its gradient in the logits is {@code p − onehot(y)}. Looks only
 * at the right class; label smoothing comes from the targets ({@link Targets.Classes#smoothed}).
 */
public record CrossEntropy() implements Loss {
  @Override
  public Tensor perSample(Tensor logits, Targets targets) {
    return LogProbabilities.reduce(LogProbabilities.of(logits, targets), targets, Tensor::neg);
  }
}
