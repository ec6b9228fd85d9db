package dev.discern.train;

import dev.discern.config.Internal;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Averages what a network says of an image and of its mirror image. */
@Internal
public final class TestFlip {
  private static final long WIDTH = 3;

  private TestFlip() {}

  /**
   * Mirrors images left to right.
   *
   * @param images {@code [N, C, H, W]}
   * @return the same shape and layout
   */
  public static Tensor mirrored(Tensor images) {
    return images.flip(WIDTH);
  }

  /**
   * The logarithms of mean probabilities.
   *
   * @param images {@code [N, K]}: {@code ln p} of the images
   * @param mirrored {@code [N, K]}: {@code ln q} of their mirror images
   * @return {@code [N, K]}: {@code ln((p + q)/2)}
   */
  public static Tensor mean(Tensor images, Tensor mirrored) {
    return torch.logaddexp(images, mirrored).sub(new Scalar(Math.log(2)));
  }
}
