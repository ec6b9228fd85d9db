package dev.discern.train;

import dev.discern.data.Labels;
import dev.discern.loss.ProbabilityCurve;
import dev.discern.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Converts a batch's host arrays to tensors of the current scope. */
final class BatchTensors {
  private BatchTensors() {}

  /** {@code [N, K]}, float32: 1 where a flag is set. */
  static Tensor flags(boolean[] flags, int classCount) {
    float[] values = new float[flags.length];
    for (int i = 0; i < flags.length; i++) {
      values[i] = flags[i] ? 1 : 0;
    }
    return Tensors.ofFloats(values, flags.length / classCount, classCount);
  }

  /**
   * Counts the images whose largest logit is of a class that they have; one without labels never
   * counts.
   *
   * @return a scalar on the device of the logits
   */
  static Tensor correct(Tensor logits, Labels labels) {
    Tensor predicted = logits.detach().argmax(new LongOptional(1), false);
    if (labels instanceof Labels.One one) {
      Tensor classes = Tensors.ofClasses(one.classes()).to(logits.device(), ScalarType.Long);
      return predicted.eq(classes).sum();
    }
    int classCount = Math.toIntExact(logits.size(1));
    Tensor carried =
        flags(labels.flags(classCount), classCount).to(logits.device(), ScalarType.Float);
    return carried.gather(1, predicted.unsqueeze(1)).sum();
  }

  /** Reads scalars from the device, all at once. */
  static double[] numbers(List<Tensor> scalars) {
    Tensor[] wide =
        scalars.stream()
            .map(t -> t.detach().to(ScalarType.Double).reshape(1))
            .toArray(Tensor[]::new);
    return Tensors.toDoubles(torch.cat(new TensorVector(wide)));
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
