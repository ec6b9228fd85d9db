package dev.discern.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightMutationTest {
  private static final int COUNT = 300;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {".safetensors", ".zip.pt", ".legacy.pt"})
  void damagedFilesAreReadOrRefusedInASentence(String format) throws IOException {
    WeightMutations.Outcome outcome =
        WeightMutations.run(format, COUNT, 1, folder.resolve("weights"));
    assertThat(outcome.read()).isBetween(1, COUNT - 1);
  }
}
