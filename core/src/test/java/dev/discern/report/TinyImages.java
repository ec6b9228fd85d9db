package dev.discern.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;

/** Small grey pictures, a texture for each class, as addresses that hold their data. */
final class TinyImages {
  private static final int SIDE = 28;

  private TinyImages() {}

  static String png(int label, RandomGenerator random) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int grey =
            (int) Math.min(255, Math.max(0, shade(label, x, y) + 18 * random.nextGaussian()));
        image.getRaster().setSample(x, y, 0, grey);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static double shade(int label, int x, int y) {
    double dx = (x - 13.5) / (5 + label % 5);
    double dy = (y - 13.5) / (4 + (label * 3) % 7);
    double inside = Math.abs(dx) + Math.abs(dy) < 1.6 || dx * dx + dy * dy < 1 ? 1 : 0;
    return inside * (150 + 60 * Math.sin((label + 1) * 0.35 * (x + (label % 3) * y)));
  }
}
