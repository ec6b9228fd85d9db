package dev.discern.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotographsTest {
  @TempDir private Path folder;

  private void image(String path, int width, int height) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    BufferedImage image = TestImages.plain(width, height, Color.GRAY);
    ImageIO.write(image, "png", file.toFile());
  }

  @Test
  void takesTheMedianOfTheShorterSides() throws IOException {
    image("train/a/1.png", 300, 200);
    image("train/a/2.png", 90, 120);
    image("train/b/3.png", 16, 16);
    assertThat(Photographs.medianShorterSide(folder.toString())).hasValue(90);
    assertThat(Photographs.amount(folder.toString())).contains(new Photographs.Amount(3, 2));
  }

  @Test
  void countsTheTrainingPartAlone() throws IOException {
    image("train/a/1.png", 30, 20);
    image("train/b/3.png", 16, 16);
    image("test/b/4.png", 16, 16);
    assertThat(Photographs.amount(folder.toString())).contains(new Photographs.Amount(2, 2));
  }

  @Test
  void leavesOutFilesThatCannotBeRead() throws IOException {
    image("a/1.png", 300, 200);
    image("b/1.png", 300, 200);
    Files.writeString(folder.resolve("a/0.jpg"), "no image");
    assertThat(Photographs.medianShorterSide(folder.toString())).hasValue(200);
    Files.writeString(folder.resolve("a/1.png"), "no image");
    Files.writeString(folder.resolve("b/1.png"), "no image");
    assertThat(Photographs.medianShorterSide(folder.toString())).isEmpty();
  }

  @Test
  void readsAListToo() throws IOException {
    image("images/1.png", 100, 70);
    image("images/2.png", 100, 80);
    Files.writeString(folder.resolve("list.csv"), "path,label\nimages/1.png,a\nimages/2.png,b\n");
    String list = folder.resolve("list.csv").toString();
    assertThat(Photographs.medianShorterSide(list)).hasValue(80);
    assertThat(Photographs.amount(list)).contains(new Photographs.Amount(2, 2));
  }
}
