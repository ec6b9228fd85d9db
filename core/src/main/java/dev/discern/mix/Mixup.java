package dev.discern.mix;

import dev.discern.loss.Targets;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Mixup: every image is a weighted mean of two, with one λ ~ Beta(α, α) per batch and a random
 * permutation of the batch as partners.
 *
 * <p>Source: Zhang, Cissé, Dauphin, Lopez-Paz, "mixup: Beyond Empirical Risk Minimization", arXiv
 * 1710.09412 (ICLR 2018), equation 1.
 *
 * @param alpha α in [0.01, 1000]; the authors' value for ImageNet is 0.2
 */
public record Mixup(double alpha) implements BatchMix {
  /**
   * Checks α.
   *
   * @throws dev.discern.config.InvalidConfig if it is outside its range
   */
  public Mixup {
    Lambda.requireAlpha("mixup", alpha);
  }

  @Override
  public Mixed apply(Tensor images, Targets.Distribution targets, SplittableRandom random) {
    double lambda = Lambda.draw(alpha, random);
    return mixed(lambda, Partners.draw(images, targets, random));
  }

  static Mixed mixed(double lambda, Partners partners) {
    Tensor images = partners.images();
    Scalar rest = new Scalar(1 - lambda);
    Tensor mixed = images.mul(new Scalar(lambda)).add_(partners.of(images), rest);
    return new Mixed(mixed, partners.targets(lambda));
  }
}
