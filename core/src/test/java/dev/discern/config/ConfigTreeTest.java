package dev.discern.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.run.Defaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTreeTest {
  private static final ConfigTree DEFAULTS = ConfigTree.of(Defaults.of("digits"));

  @TempDir private Path folder;

  private ConfigTree yaml(String text) throws IOException {
    return ConfigTree.read(Files.writeString(folder.resolve("test.yaml"), text));
  }

  @Test
  void readsBackWhatItWrites() throws IOException {
    assertThat(yaml(DEFAULTS.toString()).toConfig("test.yaml")).isEqualTo(Defaults.of("digits"));
  }

  @Test
  void aMissingKeyIsNamedByItsPath() throws IOException {
    String cut = DEFAULTS.toString().replaceAll("\n *sampler:[^\n]*", "");
    assertThat(cut).doesNotContain("sampler");
    ConfigTree tree = yaml(cut);
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> tree.toConfig("test.yaml"))
        .withMessage(
            "test.yaml lacks train.sampler: it was cut, or written by another version of Discern.");
  }

  @Test
  void aValueOfTheWrongKindIsNamedByItsPath() {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> DEFAULTS.with("optim.lr", "fast").toConfig("test.yaml"))
        .withMessage("test.yaml: optim.lr is fast, which is not the kind of value it takes.");
  }
}
