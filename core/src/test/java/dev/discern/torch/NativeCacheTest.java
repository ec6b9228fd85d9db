package dev.discern.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeCacheTest {
  @TempDir private Path temporary;

  @Test
  void makesAFolderThatIsMissing() {
    Path folder = temporary.resolve("a/natives");

    assertThat(NativeCache.obstacle(folder)).isEmpty();
    assertThat(folder).isDirectory();
  }

  @Test
  void saysWhyAFileCannotHoldTheLibraries() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");

    assertThat(NativeCache.obstacle(file.resolve("natives"))).isNotEmpty();
    assertThat(NativeCache.obstacle(file)).isNotEmpty();
  }

  @Test
  void namesASettingThatMovesTheFolder() {
    assertThat(NativeCache.advice()).startsWith("name another folder in the ").endsWith(".");
  }
}
