package dev.discern.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {
  @TempDir private Path folder;

  @Test
  void refusesWhatIsNoPathByTheNameOfItsVariable() {
    for (String variable : new String[] {"DISCERN_CACHE", "XDG_CACHE_HOME"}) {
      assertThatThrownBy(() -> CacheFolder.of(Map.of(variable, "a\0b")))
          .isInstanceOf(InvalidConfig.class)
          .hasMessageContaining(variable);
    }
  }

  @Test
  void isWhereTheEnvironmentSays() {
    Path data = folder.resolve("data");
    Path cache = folder.resolve("cache");
    Map<String, String> both =
        Map.of("DISCERN_DATA", data.toString(), "XDG_CACHE_HOME", cache.toString());
    assertThat(CacheFolder.of("DISCERN_DATA", both)).isEqualTo(data);
    assertThat(CacheFolder.of(both)).isEqualTo(cache.resolve("discern"));
    assertThat(CacheFolder.of(Map.of())).isAbsolute().endsWithRaw(Path.of(".cache/discern"));
  }

  @Test
  void letsOneThreadAfterAnotherChangeAFile() throws IOException {
    Path file = folder.resolve("count");
    Files.writeString(file, "0");
    IntStream.range(0, 50)
        .parallel()
        .forEach(i -> assertThat(incremented(folder, file)).isBetween(1, 50));
    assertThat(Files.readString(file)).isEqualTo("50");
  }

  private static int incremented(Path folder, Path file) {
    try {
      return CacheFolder.alone(
          folder,
          () -> {
            int next = Integer.parseInt(Files.readString(file)) + 1;
            Files.writeString(file, Integer.toString(next));
            return next;
          });
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
