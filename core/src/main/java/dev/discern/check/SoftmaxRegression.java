package dev.discern.check;

import dev.discern.feature.FeatureTable;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.LBFGS;
import org.bytedeco.pytorch.LBFGSOptions;
import org.bytedeco.pytorch.LossClosure;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Multinomial logistic regression on features: the sum of the cross-entropies plus {@value
 * #PENALTY} / 2 times the squared length of the weights (not of the biases), minimized by L-BFGS
 * from zero with at most {@value #ITERATIONS} iterations. The same features give the same
 * classifier.
 */
final class SoftmaxRegression {
  private static final double PENALTY = 100;
  private static final int ITERATIONS = 100;

  private SoftmaxRegression() {}

  /**
   * Trains on some images and classifies others.
   *
   * @param features one row per image
   * @param labels the class of each image
   * @param classes K
   * @param train images to train on
   * @param asked images to classify
   * @return {@code [asked, K]}, row-major: the probabilities of the images asked for
   */
  static float[] probabilities(
      FeatureTable features, int[] labels, int classes, int[] train, int[] asked) {
    try (Scope scope = new Scope()) {
      Tensor all = features.tensor();
      Tensor inputs = all.index_select(0, Tensors.ofClasses(train));
      Tensor targets = Tensors.ofClasses(IntStream.of(train).map(i -> labels[i]).toArray());
      Tensor weights = zeros(features.width(), classes);
      Tensor biases = zeros(classes);
      fit(inputs, targets, weights, biases);
      try (NoGradGuard noGrad = new NoGradGuard()) {
        Tensor rows = all.index_select(0, Tensors.ofClasses(asked));
        return Tensors.toFloats(rows.mm(weights).add(biases).softmax(1));
      }
    }
  }

  private static Tensor zeros(long... shape) {
    Tensor tensor = Tensors.empty(ScalarType.Float, shape).zero_();
    tensor.set_requires_grad(true);
    return tensor;
  }

  private static void fit(Tensor inputs, Tensor targets, Tensor weights, Tensor biases) {
    LBFGSOptions options = new LBFGSOptions(1);
    options.max_iter().put(ITERATIONS);
    options.history_size().put(10);
    options.line_search_fn().put("strong_wolfe");
    LBFGS optimizer = new LBFGS(new TensorVector(weights, biases), options);
    LossClosure closure = new Closure(optimizer, inputs, targets, weights, biases);
    Tensor unused = optimizer.step(closure);
  }

  /** Computes the loss and its gradient. */
  private static final class Closure extends LossClosure {
    private final LBFGS optimizer;
    private final Tensor inputs;
    private final Tensor targets;
    private final Tensor weights;
    private final Tensor biases;

    Closure(LBFGS optimizer, Tensor inputs, Tensor targets, Tensor weights, Tensor biases) {
      this.optimizer = optimizer;
      this.inputs = inputs;
      this.targets = targets;
      this.weights = weights;
      this.biases = biases;
    }

    @Override
    public Tensor call() {
      try (Scope scope = new Scope()) {
        optimizer.zero_grad();
        Tensor logits = inputs.mm(weights).add(biases);
        Tensor penalty = weights.square().sum().mul(new Scalar(PENALTY / 2 / inputs.size(0)));
        Tensor loss = torch.cross_entropy_loss(logits, targets).add(penalty);
        loss.backward();
        return scope.keep(loss.detach());
      }
    }
  }
}
