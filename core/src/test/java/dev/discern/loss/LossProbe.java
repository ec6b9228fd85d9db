package dev.discern.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Host-side views of a loss: its values, its gradient, and the inputs that tests make. */
final class LossProbe {
  private LossProbe() {}

  /** Losses {@code [N]} and the gradient {@code [N * K]} of their sum, as float64. */
  static final class Result {
    private final double[] losses;
    private final double[] gradient;

    private Result(double[] losses, double[] gradient) {
      this.losses = losses;
      this.gradient = gradient;
    }

    double[] losses() {
      return losses;
    }

    double[] gradient() {
      return gradient;
    }
  }

  /** Evaluates a loss and backpropagates its sum. Call within a scope. */
  static Result run(Loss loss, Tensor logits, Targets targets) {
    Tensor leaf = logits.detach().clone();
    leaf.requires_grad_(true);
    Tensor losses = loss.perSample(leaf, targets);
    losses.sum().backward();
    return new Result(toDoubles(losses), toDoubles(leaf.grad()));
  }

  static double[] losses(Loss loss, Tensor logits, Targets targets) {
    return toDoubles(loss.perSample(logits, targets));
  }

  /** Both losses have the same values and gradients on seeded logits. */
  static void assertAlike(Loss wanted, Loss got) {
    try (Scope scope = new Scope()) {
      Tensor logits = Tensors.ofDoubles(logits(21, 40, 4), 8, 5);
      Targets targets = classes(0, 1, 2, 3, 4, 0, 1, 2);
      Result first = run(wanted, logits, targets);
      Result second = run(got, logits, targets);
      assertThat(second.losses()).containsExactly(first.losses(), within(1e-12));
      assertThat(second.gradient()).containsExactly(first.gradient(), within(1e-12));
    }
  }

  static double[] toDoubles(Tensor tensor) {
    try (Scope scope = new Scope()) {
      Tensor host = tensor.detach().cpu().to(ScalarType.Double).contiguous();
      double[] values = new double[Math.toIntExact(host.numel())];
      new DoublePointer(host.data_ptr()).get(values);
      return values;
    }
  }

  /** A float64 matrix from its rows. */
  static Tensor matrix(double[]... rows) {
    double[] flat = new double[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
    }
    return Tensors.ofDoubles(flat, rows.length, rows[0].length);
  }

  static Tensor vector(double... values) {
    return Tensors.ofDoubles(values, values.length);
  }

  static Targets.Classes classes(int... classes) {
    return new Targets.Classes(Tensors.ofClasses(classes), null);
  }

  /** Logits of two classes that give the first one the probability p: float64 {@code [1, 2]}. */
  static Tensor logitsOf(double p) {
    return matrix(new double[] {Math.log(p) - Math.log1p(-p), 0});
  }

  /** Seeded logits between −scale and scale, row-major. */
  static double[] logits(long seed, int count, double scale) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.doubles(count, -scale, scale).toArray();
  }

  /** Seeded rows that sum to 1. */
  static double[] distributions(long seed, int n, int k) {
    double[] rows = new SplittableRandom(seed).doubles((long) n * k, 0.05, 1).toArray();
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int j = 0; j < k; j++) {
        sum += rows[i * k + j];
      }
      for (int j = 0; j < k; j++) {
        rows[i * k + j] /= sum;
      }
    }
    return rows;
  }
}
