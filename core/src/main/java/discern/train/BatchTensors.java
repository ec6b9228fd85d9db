package discern.train;

import discern.data.Batch;
import discern.data.ImageShape;
import discern.loss.ProbabilityCurve;
import discern.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Device;
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

  static Tensor classes(int[] labels, Device device) {
    return Tensors.ofClasses(labels).to(device, ScalarType.Long);
  }

  static long countCorrect(Tensor logits, int[] labels) {
    long[] predicted = Tensors.toLongs(logits.argmax(new LongOptional(1), false));
    long correct = 0;
    for (int i = 0; i < labels.length; i++) {
      correct += predicted[i] == labels[i] ? 1 : 0;
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
