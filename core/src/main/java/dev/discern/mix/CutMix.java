package dev.discern.mix;

import dev.discern.loss.Targets;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/**
 * CutMix: a rectangle of every image is replaced by the same rectangle of its partner, with one
 * rectangle per batch. It covers {@code 1 − λ} of the image with λ ~ Beta(α, α), minus the part
 * outside the image; the λ of the targets is the exact share that remains of the image.
 *
 * <p>Source: Yun, Han, Oh, Chun, Choe, Yoo, "CutMix: Regularization Strategy to Train Strong
 * Classifiers with Localizable Features", arXiv 1905.04899 (ICCV 2019), section 3.
 *
 * @param alpha α in [0.01, 1000]; the authors' value is 1
 */
public record CutMix(double alpha) implements BatchMix {
  /**
   * Checks α.
   *
   * @throws dev.discern.config.InvalidConfig if it is outside its range
   */
  public CutMix {
    Lambda.requireAlpha("cutmix", alpha);
  }

  @Override
  public Mixed apply(Tensor images, Targets.Distribution targets, SplittableRandom random) {
    double lambda = Lambda.draw(alpha, random);
    Partners partners = Partners.draw(images, targets, random);
    int height = Math.toIntExact(images.size(2));
    int width = Math.toIntExact(images.size(3));
    int column = random.nextInt(width);
    int row = random.nextInt(height);
    return mixed(Box.around(row, column, lambda, height, width), partners);
  }

  static Mixed mixed(Box box, Partners partners) {
    Tensor images = partners.images();
    Tensor mixed = images.clone();
    if (box.height() > 0 && box.width() > 0) {
      box.of(mixed).copy_(partners.of(box.of(images)));
    }
    double area = (double) box.height() * box.width();
    double lambda = 1 - area / (images.size(2) * images.size(3));
    return new Mixed(mixed, partners.targets(lambda));
  }

  /**
   * A rectangle within an image.
   *
   * @param top first row
   * @param left first column
   * @param height rows, 0 or more
   * @param width columns, 0 or more
   */
  record Box(long top, long left, long height, long width) {
    /** The part of a rectangle of relative area 1 − λ that is inside the image. */
    static Box around(int row, int column, double lambda, int height, int width) {
      double half = 0.5 * Math.sqrt(1 - lambda);
      int halfWidth = (int) (half * width);
      int halfHeight = (int) (half * height);
      int left = Math.max(0, column - halfWidth);
      int top = Math.max(0, row - halfHeight);
      int right = Math.min(width, column + halfWidth);
      int bottom = Math.min(height, row + halfHeight);
      return new Box(top, left, bottom - top, right - left);
    }

    private Tensor of(Tensor images) {
      return images.narrow(2, top, height).narrow(3, left, width);
    }
  }
}
