package dev.discern.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.InvalidConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubEnvironmentTest {
  private static final Path HOME = Path.of(System.getProperty("user.home"));
  @TempDir private Path folder;

  private static Path cache(String... variables) {
    return environment(variables).cache();
  }

  private static HubEnvironment environment(String... variables) {
    Map<String, String> all = new java.util.HashMap<>();
    for (int i = 0; i < variables.length; i += 2) {
      all.put(variables[i], variables[i + 1]);
    }
    return HubEnvironment.from(all);
  }

  @Test
  void knowsThePublicHub() {
    HubEnvironment none = environment("HF_HOME", folder.toString());

    assertThat(none.endpoint()).isEqualTo("https://huggingface.co");
    assertThat(none.token()).isEmpty();
    assertThat(none.offline()).isFalse();
  }

  @Test
  void findsTheCacheWhereTheHubsOwnClientDoes() {
    assertThat(cache()).isEqualTo(HOME.resolve(".cache/huggingface/hub"));
    assertThat(cache("XDG_CACHE_HOME", "/x")).isEqualTo(Path.of("/x/huggingface/hub"));
    assertThat(cache("XDG_CACHE_HOME", "/x", "HF_HOME", "/h")).isEqualTo(Path.of("/h/hub"));
    assertThat(cache("HF_HOME", "/h", "HF_HUB_CACHE", "/c")).isEqualTo(Path.of("/c"));
    assertThat(cache("HUGGINGFACE_HUB_CACHE", "/old")).isEqualTo(Path.of("/old"));
    assertThat(cache("HF_HOME", "~/h")).isEqualTo(HOME.resolve("h/hub"));
    assertThat(cache("HF_HOME", "$D/h", "D", "/d")).isEqualTo(Path.of("/d/h/hub"));
    assertThat(cache("HF_HOME", "/x/${D}", "D", "d")).isEqualTo(Path.of("/x/d/hub"));
  }

  @ParameterizedTest
  @CsvSource({"1,true", "on,true", "YES,true", "True,true", "0,false", "no,false", "'',false"})
  void readsTruthAsTheHubsOwnClientDoes(String value, boolean offline) {
    assertThat(environment("HF_HUB_OFFLINE", value).offline()).isEqualTo(offline);
    assertThat(environment("TRANSFORMERS_OFFLINE", value).offline()).isEqualTo(offline);
  }

  @Test
  void readsTheTokenOfAFile() throws IOException {
    Files.writeString(folder.resolve("token"), "hf_home\n");
    Files.writeString(folder.resolve("other"), "hf_other\r\n");
    String home = folder.toString();
    String other = folder.resolve("other").toString();

    assertThat(environment("HF_HOME", home).token()).contains("hf_home");
    assertThat(environment("HF_HOME", home, "HF_TOKEN_PATH", other).token()).contains("hf_other");
    assertThat(environment("HF_HOME", home, "HF_TOKEN", " hf_given\n").token())
        .contains("hf_given");
    assertThat(environment("HF_HOME", home, "HF_HUB_DISABLE_IMPLICIT_TOKEN", "1").token())
        .isEmpty();
  }

  @Test
  void neverShowsTheToken() {
    assertThat(environment("HF_TOKEN", "hf_secret").toString()).doesNotContain("hf_secret");
    assertThatThrownBy(() -> environment("HF_TOKEN", "hf secret\u00e9"))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("HF_TOKEN")
        .hasMessageNotContaining("secret");
  }

  @Test
  void refusesATokenFileThatCannotBeRead() throws IOException {
    Files.createDirectory(folder.resolve("token"));

    assertThatThrownBy(() -> environment("HF_HOME", folder.toString()))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining(folder.resolve("token").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"huggingface.co", "ftp://x", "http://", "not a url", "https://u:p@x/"})
  void refusesAnEndpointThatIsNotOne(String endpoint) {
    assertThatThrownBy(() -> environment("HF_ENDPOINT", endpoint))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("HF_ENDPOINT")
        .hasMessageNotContaining("u:p");
  }

  @Test
  void takesAMirror() {
    assertThat(environment("HF_ENDPOINT", "http://localhost:8080/hub//").endpoint())
        .isEqualTo("http://localhost:8080/hub");
  }
}
