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
        for (int c = 0; c < channels; c++) {
          byte value = data[left + c];
          data[left + c] = data[right + c];
          data[right + c] = value;
        }
        left += channels;
        right -= channels;
      }
    }
    return pixels;
  }
}
