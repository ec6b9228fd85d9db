package dev.discern.head;

import dev.discern.config.Check;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * {@code ψ(θ) = (−1)^k·cos(mθ) − 2k} for θ in [kπ/m, (k+1)π/m]: the angle to the true class counts
 * m times, and ψ falls from 1 to 1 − 2m. It is mixed with cos θ as {@code (λ·cos θ + ψ(θ)) / (1 +
 * λ)}.
 *
 * <p>Source: Liu, Wen, Yu, Yang, "Large-margin softmax loss", arXiv 1612.02295 (2016), equations 5
 * and 6. The authors lower λ during training, to 5 in SphereFace; here λ is constant.
 *
 * <p>Implementation notes. {@code cos(mθ)} is the Chebyshev polynomial {@code T_m(cos θ)}, so no
 * arc cosine is needed and every gradient is finite; k is derived from the cosine.
 *
 * @param times m, a whole number of 1 to 8
 * @param mix λ ≥ 0
 */
record MultipliedAngle(int times, double mix) implements AngularMargin {
  static MultipliedAngle of(String name, double times, double mix) {
    Check.whole(name, "margin", times, 8);
    Check.nonNegative(name, "mix", mix);
    return new MultipliedAngle((int) times, mix);
  }

  @Override
  public Tensor ofTrue(Tensor cosine) {
    Tensor k = torch.zeros_like(cosine.detach());
    for (int j = 1; j < times; j++) {
      k = k.add(cosine.detach().lt(new Scalar(Math.cos(j * Math.PI / times))));
    }
    // (−1)^k from k's remainder: 1 where it is even, −1 where it is odd.
    Tensor sign = torch.rsub(k.remainder(new Scalar(2.0)).mul(new Scalar(2.0)), new Scalar(1.0));
    Tensor psi = multiplied(cosine).mul(sign).sub(k.mul(new Scalar(2.0)));
    return psi.add(cosine, new Scalar(mix)).div(new Scalar(1 + mix));
  }

  private Tensor multiplied(Tensor cosine) {
    Tensor before = torch.ones_like(cosine.detach());
    Tensor current = cosine;
    for (int j = 1; j < times; j++) {
      Tensor next = cosine.mul(current).mul(new Scalar(2.0)).sub(before);
      before = current;
      current = next;
    }
    return current;
  }
}
