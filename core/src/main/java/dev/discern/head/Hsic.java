package dev.discern.head;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The Hilbert-Schmidt independence criterion between two linear classifiers over the same K
 * classes, with the inner-product kernel {@code K_v = W_v·W_vᵀ} over class vectors: {@code HSIC =
 * (K − 1)⁻²·tr(K_v·H·K_u·H)}, {@code H = I − 11ᵀ/K}.
 *
 * <p>Source: Gretton, Bousquet, Smola, Schölkopf, "Measuring statistical dependence with
 * Hilbert-Schmidt norms", ALT 2005; normalized as centered kernel alignment by Kornblith et al.,
 * arXiv 1905.00414 (2019).
 *
 * <p>Implementation notes. {@code H·K·H} is the kernel of the centered class vectors, so the trace
 * is the sum of the elementwise product of two centered kernels.
 */
final class Hsic {
  private Hsic() {}

  /**
   * The criterion.
   *
   * @param first {@code [K, F]}, K ≥ 2
   * @param second {@code [K, G]}
   * @return a scalar of at least 0, which grows with the fourth power of the weights
   */
  static Tensor of(Tensor first, Tensor second) {
    double freedom = first.size(0) - 1.0;
    return kernel(first).mul(kernel(second)).sum().div(new Scalar(freedom * freedom));
  }

  /**
   * The criterion, normalized to be independent of scale.
   *
   * @param first {@code [K, F]}
   * @param second {@code [K, G]}
   * @return a scalar in [0, 1]: 1 where the centered kernels are proportional
   */
  static Tensor cka(Tensor first, Tensor second) {
    return of(first, second).div(of(first, first).mul(of(second, second)).sqrt());
  }

  private static Tensor kernel(Tensor weight) {
    Tensor centered = weight.sub(weight.mean(new long[] {0}, true, null));
    return centered.mm(centered.t());
  }
}
