package dev.discern.report;

import dev.discern.data.ImageSet;
import dev.discern.image.Pixels;
import dev.discern.view.View;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import tools.jackson.databind.node.ObjectNode;

/** Test images as data URIs, up to a size limit that keeps the page small enough to share. */
final class Pictures {
  private static final int BUDGET = 3_300_000;
  // Larger images are subsampled to about this side.
  private static final int SIDE = 64;

  private final ImageSet images;
  private final View view;
  private final ObjectNode uris = Json.object();
  private final ObjectNode names = Json.object();
  private int bytes;

  Pictures(ImageSet images, View view) {
    this.images = images;
    this.view = view;
  }

  /** Adds an image, unless it is already present or the limit is reached. */
  void add(int image) {
    String key = Integer.toString(image);
    if (uris.has(key) || bytes > BUDGET) {
      return;
    }
    String uri = uri(image);
    bytes += uri.length();
    uris.put(key, uri);
    names.put(key, images.describe(image));
  }

  ObjectNode uris() {
    return uris;
  }

  ObjectNode names() {
    return names;
  }

  private String uri(int image) {
    Pixels pixels = view.apply(images.image(image), new SplittableRandom(0));
    int every = Math.max(1, Math.max(pixels.height(), pixels.width()) / SIDE);
    BufferedImage picture =
        new BufferedImage(
            pixels.width() / every,
            pixels.height() / every,
            pixels.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        set(picture, x, y, pixels, (y * pixels.width() + x) * every * pixels.channels());
      }
    }
    return encoded(picture, pixels.channels() == 1 ? "png" : "jpeg");
  }

  // Sets raw samples, because setRGB would apply a gamma correction to gray values.
  private static void set(BufferedImage picture, int x, int y, Pixels pixels, int at) {
    byte[] data = pixels.data();
    for (int c = 0; c < pixels.channels(); c++) {
      picture.getRaster().setSample(x, y, c, data[at + c] & 0xff);
    }
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
