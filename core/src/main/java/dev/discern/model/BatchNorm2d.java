package dev.discern.model;

import dev.discern.torch.ParameterStore;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Batch normalization (Ioffe and Szegedy, 2015) with PyTorch's momentum of 0.1 and epsilon of 1e-5.
 */
final class BatchNorm2d {
  private static final double MOMENTUM = 0.1;
  private static final double EPSILON = 1e-5;

  private final TensorOptional weight;
  private final TensorOptional bias;
  private final TensorOptional runningMean;
  private final TensorOptional runningVar;

  BatchNorm2d(ParameterStore store, int channels) {
    weight = new TensorOptional(store.constant("weight", 1, channels));
    bias = new TensorOptional(store.constant("bias", 0, channels));
    runningMean = new TensorOptional(store.buffer("running_mean", 0, channels));
    runningVar = new TensorOptional(store.buffer("running_var", 1, channels));
  }

  /**
   * Normalizes by the batch and updates the running statistics in training, else normalizes by the
   * running statistics.
   */
  Tensor forward(Tensor x, boolean training) {
    return torch.batch_norm(
        x, weight, bias, runningMean, runningVar, training, MOMENTUM, EPSILON, true);
  }
}
