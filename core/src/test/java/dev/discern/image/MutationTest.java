package dev.discern.image;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MutationTest {
  private static final int COUNT = 200;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "webp", "bmp", "gif", "tif"})
  void damagedFilesAreDecodedOrRefusedInASentence(String extension) {
    assertThatCode(() -> Mutations.run(extension, COUNT, 1, folder.resolve("a." + extension)))
        .doesNotThrowAnyException();
  }
}
