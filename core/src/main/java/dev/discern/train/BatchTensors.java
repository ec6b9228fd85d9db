package dev.discern.train;

import dev.discern.data.Batch;
import dev.discern.data.Labels;
import dev.discern.image.ImageShape;
import dev.discern.loss.ProbabilityCurve;
import dev.discern.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A batch's host arrays as tensors of the current scope. */
final class BatchTensors {
  private BatchTensors() {}

  static Tensor images(Batch batch, ImageShape shape) {
    return Tensors.ofFloats(
        batch.images(), batch.size(), shape.channels(), shape.height(), shape.width());
  }

  /** {@code [N, K]}, float32: 1 where a flag is set. */
  static Tensor flags(boolean[] flags, int classCount) {
    float[] values = new float[flags.length];
    for (int i = 0; i < flags.length; i++) {
      values[i] = flags[i] ? 1 : 0;
    }
    return Tensors.ofFloats(values, flags.length / classCount, classCount);
  }

  /** Images whose largest logit is of a class that they have; one without labels never counts. */
  static long countCorrect(Tensor logits, Labels labels) {
    long[] predicted = Tensors.toLongs(logits.argmax(new LongOptional(1), false));
    long correct = 0;
    for (int i = 0; i < labels.size(); i++) {
      correct += labels.has(i, (int) predicted[i]) ? 1 : 0;
    }
    return correct;
  }

  /**
   * Mean of the gain over a batch, weighted like the loss, in float64: at {@code p_y} near 1 it may
   * have a pole.
   */
  static double meanGain(ProbabilityCurve curve, Tensor logits, int[] labels, Tensor weights) {
    Tensor classes = Tensors.ofClasses(labels).to(logits.device(), ScalarType.Long).unsqueeze(1);
    Tensor lp = logits.detach().to(ScalarType.Double).log_softmax(1).gather(1, classes);
    double[] gains = Arrays.stream(Tensors.toDoubles(lp)).map(curve.gain()).toArray();
    double[] shares = Tensors.toDoubles(weights.to(ScalarType.Double));
    double sum = 0;
    for (int i = 0; i < gains.length; i++) {
      sum += shares[i] * gains[i];
    }
    return sum / Arrays.stream(shares).sum();
  }
}
