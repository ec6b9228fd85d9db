package dev.discern.cli;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Small pictures that a network can tell apart. */
final class Pictures {
  private Pictures() {}

  /** A folder of two classes, red and blue discs on grey, {@code count} of each. */
  static Path folder(Path root, int count) throws IOException {
    write(root.resolve("red"), Color.RED, count, 1);
    write(root.resolve("blue"), Color.BLUE, count, 2);
    return root;
  }

  private static void write(Path folder, Color colour, int count, long seed) throws IOException {
    Files.createDirectories(folder);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      String format = i % 2 == 0 ? "png" : "jpg";
      BufferedImage image = disc(colour, random.nextInt(8), random.nextInt(8));
      ImageIO.write(image, format, folder.resolve(i + "." + format).toFile());
    }
  }

  private static BufferedImage disc(Color colour, int x, int y) {
    BufferedImage image = new BufferedImage(40, 36, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.GRAY);
    graphics.fillRect(0, 0, 40, 36);
    graphics.setColor(colour);
    graphics.fillOval(4 + x, 4 + y, 20, 20);
    graphics.dispose();
    return image;
  }
}
