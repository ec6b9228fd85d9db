package dev.discern.view;

import dev.discern.config.Check;
import dev.discern.image.ImageShape;
import dev.discern.image.Pixels;
import java.util.SplittableRandom;

/**
 * Pads every side with black (0), then crops back to size at a random place: the image moves by up
 * to {@code padding} pixels each way. Equal to torchvision's {@code RandomCrop(size, padding)}.
 *
 * <p>Source: He, Zhang, Ren, Sun, "Deep Residual Learning for Image Recognition", arXiv 1512.03385
 * (2015), section 4.2.
 *
 * @param padding pixels, 1 to 4096; less than the image's shorter side
 */
public record RandomCrop(int padding) implements Augment {
  private static final int MOST = 4096;

  /**
   * Checks the padding.
   *
   * @throws dev.discern.config.InvalidConfig if it is out of range
   */
  public RandomCrop {
    Check.whole("crop", "padding", padding, MOST);
  }

  @Override
  public void requireSuits(ImageShape shape) {
    int side = Math.min(shape.height(), shape.width());
    Check.that(
        padding < side,
        "Parameter padding of crop",
        padding,
        "must be less than the images' shorter side of " + side);
  }

  @Override
  public Pixels apply(Pixels pixels, SplittableRandom random) {
    int down = random.nextInt(-padding, padding + 1);
    int right = random.nextInt(-padding, padding + 1);
    return moved(pixels, down, right);
  }

  /** The image under a window that is moved that far, black outside the image. */
  static Pixels moved(Pixels pixels, int down, int right) {
    int channels = pixels.channels();
    int width = pixels.width();
    int length = (width - Math.abs(right)) * channels;
    byte[] to = new byte[pixels.data().length];
    int first = Math.max(0, -down);
    int end = pixels.height() - Math.max(0, down);
    for (int y = first; length > 0 && y < end; y++) {
      int from = ((y + down) * width + Math.max(0, right)) * channels;
      System.arraycopy(
          pixels.data(), from, to, (y * width + Math.max(0, -right)) * channels, length);
    }
    return new Pixels(pixels.height(), width, channels, to);
  }
}
