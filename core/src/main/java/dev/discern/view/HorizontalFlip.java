package dev.discern.view;

import dev.discern.image.Pixels;
import java.util.SplittableRandom;

/**
 * Mirrors half of the images left to right: torchvision's {@code RandomHorizontalFlip}.
 *
 * <p>Source: Krizhevsky, Sutskever, Hinton, "ImageNet Classification with Deep Convolutional Neural
 * Networks", NeurIPS (2012), section 4.1.
 */
public record HorizontalFlip() implements Augment {
  @Override
  public Pixels apply(Pixels pixels, SplittableRandom random) {
    return random.nextBoolean() ? mirrored(pixels) : pixels;
  }

  /** The image mirrored in place. */
  static Pixels mirrored(Pixels pixels) {
    byte[] data = pixels.data();
    int channels = pixels.channels();
    int row = pixels.width() * channels;
    for (int start = 0; start < data.length; start += row) {
      int left = start;
      int right = start + row - channels;
      while (left < right) {
        swap(data, left, right);
        if (channels == 3) {
          swap(data, left + 1, right + 1);
          swap(data, left + 2, right + 2);
        }
        left += channels;
        right -= channels;
      }
    }
    return pixels;
  }

  private static void swap(byte[] data, int one, int other) {
    byte value = data[one];
    data[one] = data[other];
    data[other] = value;
  }
}
