package dev.discern.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class HsicTest {
  private static final int K = 4;
  private static final int F = 3;

  private static double[] weights(long seed) {
    return new SplittableRandom(seed).doubles((long) K * F, -1, 1).toArray();
  }

  private static Tensor tensor(double[] values) {
    return Tensors.ofDoubles(values, K, F);
  }

  // The kernel, doubly centred, entry by entry.
  private static double[][] centred(double[] w) {
    double[][] kernel = new double[K][K];
    for (int a = 0; a < K; a++) {
      for (int b = 0; b < K; b++) {
        for (int f = 0; f < F; f++) {
          kernel[a][b] += w[a * F + f] * w[b * F + f];
        }
      }
    }
    double[][] centred = new double[K][K];
    for (int a = 0; a < K; a++) {
      for (int b = 0; b < K; b++) {
        for (int i = 0; i < K; i++) {
          for (int j = 0; j < K; j++) {
            double left = (a == i ? 1 : 0) - 1.0 / K;
            double right = (j == b ? 1 : 0) - 1.0 / K;
            centred[a][b] += left * kernel[i][j] * right;
          }
        }
      }
    }
    return centred;
  }

  private static double slow(double[] v, double[] u) {
    double[][] first = centred(v);
    double[][] second = centred(u);
    double trace = 0;
    for (int a = 0; a < K; a++) {
      for (int b = 0; b < K; b++) {
        trace += first[a][b] * second[b][a];
      }
    }
    return trace / ((K - 1.0) * (K - 1.0));
  }

  @Test
  void isThatOfASlowLoop() {
    try (Scope scope = new Scope()) {
      double[] v = weights(1);
      double[] u = weights(2);
      assertThat(Hsic.of(tensor(v), tensor(u)).item_double()).isCloseTo(slow(v, u), within(1e-12));
    }
  }

  @Test
  void hasTheClosedFormGradient() {
    try (Scope scope = new Scope()) {
      double[] v = weights(3);
      double[] u = weights(4);
      Tensor leaf = tensor(v);
      leaf.requires_grad_(true);
      Hsic.of(leaf, tensor(u)).backward();
      double[][] other = centred(u);
      double[] wanted = new double[K * F];
      for (int a = 0; a < K; a++) {
        for (int f = 0; f < F; f++) {
          for (int b = 0; b < K; b++) {
            // 2·H·K_u·H·W_v / (K − 1)²
            wanted[a * F + f] += 2 * other[a][b] * v[b * F + f] / ((K - 1.0) * (K - 1.0));
          }
        }
      }
      assertThat(Tensors.toDoubles(leaf.grad().flatten())).containsExactly(wanted, within(1e-12));
    }
  }

  @Test
  void alignmentIsFreeOfScaleAndOneForProportionalKernels() {
    try (Scope scope = new Scope()) {
      Tensor v = tensor(weights(5));
      Tensor u = tensor(weights(6));
      double alignment = Hsic.cka(v, u).item_double();
      assertThat(alignment).isBetween(0.0, 1.0);
      assertThat(Hsic.cka(v.mul(new Scalar(9.0)), u).item_double())
          .isCloseTo(alignment, within(1e-12));
      assertThat(Hsic.cka(v, v.mul(new Scalar(-2.0))).item_double()).isCloseTo(1, within(1e-12));
      assertThat(Hsic.of(v.mul(new Scalar(0.5)), u.mul(new Scalar(0.5))).item_double())
          .isCloseTo(Hsic.of(v, u).item_double() / 16, within(1e-12));
    }
  }
}
