package dev.discern.examples.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.api.Data;
import dev.discern.predict.Prediction;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example runs as it is. */
class TrainingExampleTest {
  // A zero of the built-in digits' kind: a bright ring on black.
  private static final String[] ZERO = {
    "..####..", ".##..##.", ".#....#.", ".#....#.", ".#....#.", ".#....#.", ".##..##.", "..####.."
  };

  @TempDir private Path folder;

  @Test
  void theLinesOfTheReadmeRun() throws Exception {
    Prediction prediction = QuickStart.run(Data.named("digits"), folder.resolve("run"), zero());

    assertThat(prediction.classes().get(0).name()).isEqualTo("0");
  }

  private Path zero() throws IOException {
    Path image = folder.resolve("zero.png");
    ImageIO.write(drawn(), "png", image.toFile());
    return image;
  }

  @Test
  void trainsAndClassifies() throws Exception {
    Path image = zero();
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      TrainingExample.main(folder.resolve("run").toString(), image.toString());
    } finally {
      System.setOut(console);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("Epoch 5: validation 9", "Test accuracy 9", "zero.png is 0");
    assertThat(folder.resolve("run/report.html")).isNotEmptyFile();
  }

  private static BufferedImage drawn() {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        image.getRaster().setSample(x, y, 0, ZERO[y].charAt(x) == '#' ? 230 : 0);
      }
    }
    return image;
  }
}
