package dev.discern.examples.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example runs as it is. */
class CustomLossExampleTest {
  @TempDir private Path folder;

  @Test
  void trainsAndCompares() {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      CustomLossExample.main(folder.toString());
    } finally {
      System.setOut(console);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("own:flooded-ce(level=0.05): 0.", "own:flooded-ce(level=0.05) and ce");
    assertThat(folder.resolve("comparison/report.html")).isNotEmptyFile();
  }
}
