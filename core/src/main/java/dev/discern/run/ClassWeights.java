package dev.discern.run;

import dev.discern.config.InvalidConfig;
import dev.discern.config.LossConfig;
import dev.discern.config.RunConfig;
import dev.discern.data.ImageSet;
import dev.discern.torch.Tensors;
import dev.discern.train.Objective;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** Class weights from a configuration and the training images. */
final class ClassWeights {
  private ClassWeights() {}

  static Objective objective(RunConfig run, ImageSet training, Device device) {
    LossConfig config = run.loss();
    boolean fewClasses =
        run.train().sampler().equals("class-balanced") || run.train().hasCurriculum();
    if (fewClasses && config.givenWeights().contains(0.0)) {
      throw new InvalidConfig(
          "loss.classWeights holds a 0, but with class-balanced batches or a curriculum all images"
              + " of a batch may be in such classes, and have no weight: give every class some"
              + " weight.");
    }
    int classCount = training.classNames().size();
    return new Objective(
        classCount, config.labelSmoothing(), tensor(config, training, classCount, device));
  }

  private static @Nullable Tensor tensor(
      LossConfig config, ImageSet training, int classCount, Device device) {
    if (config.classWeights().equals("none")) {
      return null;
    }
    float[] weights =
        config.classWeights().equals("balanced")
            ? balanced(training, classCount)
            : given(config.givenWeights(), training.classNames());
    return Tensors.ofFloats(weights, classCount).to(device, ScalarType.Float);
  }

  private static float[] given(List<Double> weights, List<String> classNames) {
    if (weights.size() != classNames.size()) {
      throw new InvalidConfig(
          "loss.classWeights has "
              + weights.size()
              + " numbers, but there are "
              + classNames.size()
              + " classes: "
              + String.join(", ", classNames)
              + ".");
    }
    if (weights.stream().mapToDouble(Double::doubleValue).sum() <= 0) {
      throw new InvalidConfig("loss.classWeights are all 0: at least one class must count.");
    }
    float[] values = new float[weights.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = weights.get(i).floatValue();
    }
    return values;
  }

  // N / (K · N_c) with N = Σ N_c: a class of average size weighs 1, and, with one class per image,
  // the mean over the images is 1.
  static float[] balanced(ImageSet training, int classCount) {
    int[] counts = training.classCounts();
    double total = Arrays.stream(counts).sum();
    float[] weights = new float[classCount];
    for (int c = 0; c < classCount; c++) {
      weights[c] = counts[c] == 0 ? 0 : (float) (total / ((double) classCount * counts[c]));
    }
    return weights;
  }
}
