package dev.discern.report;

import dev.discern.image.Pixels;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Small versions of images as data URIs. */
final class Thumbnail {
  private Thumbnail() {}

  /**
   * Reduces an image by a whole factor, each pixel the mean of those it replaces.
   *
   * @param pixels the image
   * @param side pixels: the longer side stays at least that long, unless the image is smaller
   * @return a JPEG, or a PNG of a gray image
   */
  static String of(Pixels pixels, int side) {
    int every = Math.max(1, Math.max(pixels.height(), pixels.width()) / side);
    return reduced(pixels, every, pixels.channels() == 1 ? "png" : "jpeg");
  }

  /**
   * Reduces an image by a whole factor, each pixel the mean of those it replaces.
   *
   * @param pixels the image
   * @param every the factor, at least 1
   * @param format {@code png} or {@code jpeg}
   * @return the picture
   */
  static String reduced(Pixels pixels, int every, String format) {
    BufferedImage picture =
        new BufferedImage(
            Math.max(1, pixels.width() / every),
            Math.max(1, pixels.height() / every),
            pixels.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        for (int c = 0; c < pixels.channels(); c++) {
          // Raw samples, because setRGB would apply a gamma correction to gray values.
          picture.getRaster().setSample(x, y, c, mean(pixels, x * every, y * every, c, every));
        }
      }
    }
    return encoded(picture, format);
  }

  private static int mean(Pixels pixels, int left, int top, int channel, int every) {
    int right = Math.min(left + every, pixels.width());
    int bottom = Math.min(top + every, pixels.height());
    int sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += pixels.data()[(y * pixels.width() + x) * pixels.channels() + channel] & 0xff;
      }
    }
    return Math.round((float) sum / ((right - left) * (bottom - top)));
  }

  private static String encoded(BufferedImage picture, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.setUseCache(false);
      ImageIO.write(picture, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "data:image/"
        + format
        + ";base64,"
        + Base64.getEncoder().encodeToString(out.toByteArray());
  }
}
