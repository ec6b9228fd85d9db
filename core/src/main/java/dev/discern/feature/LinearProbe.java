package dev.discern.feature;

import dev.discern.config.Internal;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A linear classifier on features: multinomial logistic regression with a quadratic penalty.
 *
 * <p>It minimizes {@code mean(−ln p_y) + l2/2·‖W‖²} over the weights of the standardized features
 * (mean 0 and standard deviation 1 over the training rows), or of the features as they are; the
 * biases are not penalized. The function is convex, so the result depends on the data alone, not on
 * a start or a seed.
 *
 * <p>Source: Hastie, Tibshirani, Friedman, The Elements of Statistical Learning (2009), section
 * 4.4. scikit-learn's {@code LogisticRegression} is the same with {@code C = 1/(n·l2)}.
 */
@Internal
public final class LinearProbe {
  // Of the gradient. Probabilities change by less than 1e-3 when it is made smaller.
  private static final double TOLERANCE = 2e-5;
  // Rows whose logits are computed at once.
  private static final int CHUNK = 8192;

  private final int classes;
  private final Standard standard;
  private final double[] parameters;

  private LinearProbe(int classes, Standard standard, double[] parameters) {
    this.classes = classes;
    this.standard = standard;
    this.parameters = parameters;
  }

  /** The mean and the standard deviation of each feature; 1 for a feature that is constant. */
  private record Standard(float[] mean, float[] scale) {
    static Standard of(FeatureTable features) {
      int width = features.width();
      double[] sum = new double[width];
      double[] squares = new double[width];
      float[] values = features.values();
      // Relative to the first row, or the squares of large values would hide a small spread.
      for (int at = 0; at < values.length; at++) {
        double value = values[at] - values[at % width];
        sum[at % width] += value;
        squares[at % width] += value * value;
      }
      float[] mean = new float[width];
      float[] scale = new float[width];
      for (int f = 0; f < width; f++) {
        double shift = sum[f] / features.rows();
        double variance = squares[f] / features.rows() - shift * shift;
        mean[f] = (float) (values[f] + shift);
        scale[f] = variance > 0 ? (float) Math.sqrt(variance) : 1;
      }
      return new Standard(mean, scale);
    }

    /** Leaves features as they are. */
    static Standard none(int width) {
      float[] ones = new float[width];
      Arrays.fill(ones, 1);
      return new Standard(new float[width], ones);
    }

    Tensor apply(float[] values) {
      int width = mean.length;
      Tensor rows = Tensors.ofFloats(values, values.length / width, width);
      return rows.sub_(Tensors.ofFloats(mean, width)).div_(Tensors.ofFloats(scale, width));
    }
  }

  /**
   * Trains the classifier.
   *
   * @param features one row per image, at least one; finite
   * @param labels the class of each row, from 0 to {@code classes} − 1; a class without a row gets
   *     a probability near 0
   * @param classes the number of classes, at least 1
   * @param l2 the weight of the penalty, above 0; a larger value suits fewer images
   * @return the classifier
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static LinearProbe train(FeatureTable features, int[] labels, int classes, double l2) {
    requireValid(features, labels, classes, l2);
    return train(Standard.of(features), features, labels, classes, l2);
  }

  /**
   * Trains the classifier on features as they are, for features whose scale means something, such
   * as principal components: the small ones then count little.
   *
   * @param features as above
   * @param labels as above
   * @param classes as above
   * @param l2 as above
   * @return the classifier
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static LinearProbe trainUnscaled(
      FeatureTable features, int[] labels, int classes, double l2) {
    requireValid(features, labels, classes, l2);
    return train(Standard.none(features.width()), features, labels, classes, l2);
  }

  private static LinearProbe train(
      Standard standard, FeatureTable features, int[] labels, int classes, double l2) {
    try (Scope scope = new Scope()) {
      Tensor x = standard.apply(features.values());
      Tensor y = Tensors.ofClasses(labels).unsqueeze(1);
      double[] start = new double[(features.width() + 1) * classes];
      System.arraycopy(logPriors(labels, classes), 0, start, features.width() * classes, classes);
      Lbfgs.Function loss = (at, gradient) -> loss(x, y, classes, l2, at, gradient);
      return new LinearProbe(classes, standard, Lbfgs.minimum(loss, start, TOLERANCE));
    }
  }

  private static void requireValid(FeatureTable features, int[] labels, int classes, double l2) {
    if (labels.length == 0 || labels.length != features.rows()) {
      throw new IllegalArgumentException(
          "There are " + labels.length + " labels for " + features.rows() + " rows of features.");
    }
    if (classes < 1 || Arrays.stream(labels).anyMatch(label -> label < 0 || label >= classes)) {
      throw new IllegalArgumentException("A label is not from 0 to " + (classes - 1) + ".");
    }
    if (!(l2 > 0)) {
      throw new IllegalArgumentException("The penalty is " + l2 + ", but it must be above 0.");
    }
  }

  // The best biases while all weights are 0; one image is added to each class, so all are finite.
  private static double[] logPriors(int[] labels, int classes) {
    double[] counts = new double[classes];
    Arrays.fill(counts, 1);
    for (int label : labels) {
      counts[label]++;
    }
    return Arrays.stream(counts).map(Math::log).toArray();
  }

  private static double loss(
      Tensor x, Tensor y, int classes, double l2, double[] at, double[] gradient) {
    try (Scope scope = new Scope()) {
      int weights = at.length - classes;
      double images = x.size(0);
      Tensor logProbabilities = logits(x, at, classes).log_softmax(1);
      Tensor ofTrue = logProbabilities.gather(1, y);
      // The gradient of the mean of −ln p_y over the logits: (p − 1 at the true class) / images.
      Tensor p = logProbabilities.exp();
      Tensor residual = p.scatter(1, y, p.gather(1, y).sub(new Scalar(1.0)));
      double[] ofWeights = Tensors.toDoubles(x.t().mm(residual));
      double[] ofBiases = Tensors.toDoubles(residual.sum(0));
      double squares = 0;
      for (int i = 0; i < weights; i++) {
        gradient[i] = ofWeights[i] / images + l2 * at[i];
        squares += at[i] * at[i];
      }
      for (int k = 0; k < classes; k++) {
        gradient[weights + k] = ofBiases[k] / images;
      }
      double sum = Arrays.stream(Tensors.toDoubles(ofTrue)).sum();
      return -sum / images + l2 / 2 * squares;
    }
  }

  private static Tensor logits(Tensor x, double[] parameters, int classes) {
    int weights = parameters.length - classes;
    float[] w = new float[weights];
    float[] b = new float[classes];
    for (int i = 0; i < weights; i++) {
      w[i] = (float) parameters[i];
    }
    for (int k = 0; k < classes; k++) {
      b[k] = (float) parameters[weights + k];
    }
    return torch.addmm(
        Tensors.ofFloats(b, classes), x, Tensors.ofFloats(w, weights / classes, classes));
  }

  /**
   * Classifies images.
   *
   * @param features as wide as those of the training
   * @return one row of {@code classes} probabilities per row of features
   * @throws IllegalArgumentException if the width differs
   */
  public float[][] probabilities(FeatureTable features) {
    int width = standard.mean().length;
    if (features.width() != width) {
      throw new IllegalArgumentException(
          "The features are "
              + features.width()
              + " wide, but the classifier's are "
              + width
              + ".");
    }
    float[][] all = new float[features.rows()][];
    for (int from = 0; from < all.length; from += CHUNK) {
      int to = Math.min(all.length, from + CHUNK);
      try (Scope scope = new Scope()) {
        float[] part = Arrays.copyOfRange(features.values(), from * width, to * width);
        float[] flat =
            Tensors.toFloats(logits(standard.apply(part), parameters, classes).softmax(1));
        for (int row = from; row < to; row++) {
          int start = (row - from) * classes;
          all[row] = Arrays.copyOfRange(flat, start, start + classes);
        }
      }
    }
    return all;
  }
}
