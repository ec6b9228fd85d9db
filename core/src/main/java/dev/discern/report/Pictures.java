package dev.discern.report;

import dev.discern.data.ImageSet;
import dev.discern.image.ImageShape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import tools.jackson.databind.node.ObjectNode;

/** Test images as data URIs, up to a budget: a page must stay small enough to send. */
final class Pictures {
  private static final int BUDGET = 3_300_000;
  // Larger images are drawn smaller than this on the page.
  private static final int SIDE = 64;

  private final ImageSet images;
  private final ObjectNode uris = Json.object();
  private final ObjectNode names = Json.object();
  private int bytes;

  Pictures(ImageSet images) {
    this.images = images;
  }

  /** Takes an image in, unless it is there or the budget is spent. */
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
    ImageShape shape = images.shape();
    byte[] pixels = new byte[shape.volume()];
    images.read(image, pixels, 0);
    int every = Math.max(1, Math.max(shape.height(), shape.width()) / SIDE);
    BufferedImage picture =
        new BufferedImage(
            shape.width() / every,
            shape.height() / every,
            shape.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        set(picture, x, y, pixels, shape, (y * shape.width() + x) * every);
      }
    }
    return encoded(picture, shape.channels() == 1 ? "png" : "jpeg");
  }

  // Grey values go in as they are: setRGB would bend them by a gamma of its own.
  private static void set(
      BufferedImage picture, int x, int y, byte[] pixels, ImageShape shape, int at) {
    if (shape.channels() == 1) {
      picture.getRaster().setSample(x, y, 0, pixels[at] & 0xff);
      return;
    }
    int red = pixels[at] & 0xff;
    int green = pixels[shape.plane() + at] & 0xff;
    int blue = pixels[2 * shape.plane() + at] & 0xff;
    picture.setRGB(x, y, red << 16 | green << 8 | blue);
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
