package dev.discern.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.run.Defaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  void givesAMissingKeyItsDefault() throws IOException {
    String cut = DEFAULTS.toString().replaceAll("\n *sampler:[^\n]*", "");
    assertThat(cut).doesNotContain("sampler");
    ConfigTree tree = ConfigTree.defaults().with(yaml(cut), "test.yaml");
    assertThat(tree.toConfig("test.yaml")).isEqualTo(Defaults.of("digits"));
  }

  @Test
  void keepsThreadsThatLookLikeANumber() throws IOException {
    ConfigTree tree = DEFAULTS.with("train.threads", "2");
    assertThat(yaml(tree.toString()).toConfig("test.yaml").train().threads()).isEqualTo("2");
  }

  @Test
  void readsThreadsWrittenAsANumber() throws IOException {
    ConfigTree tree = DEFAULTS.with(yaml("train: {threads: 3}"), "test.yaml");
    assertThat(tree.toConfig("test.yaml").train().threads()).isEqualTo("3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train.epoch", "epochs", "training.epochs", "train", "", "."})
  void refusesAnUnknownKeyByName(String key) {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> DEFAULTS.with(key, 1).toConfig("test.yaml"))
        .withMessageMatching("(?s).*(unknown key '|'train' must have keys).*");
  }

  @Test
  void readsTheFirstVersionsAugmentation() throws IOException {
    ConfigTree tree = yaml("data: {cropPadding: 4, flip: true}");
    assertThat(DEFAULTS.with(tree, "old.yaml").toConfig("old.yaml").data().augment())
        .containsExactly("crop(padding=4)", "flip");
  }

  @Test
  void writesItsVersion() {
    assertThat(DEFAULTS.toString()).startsWith("version: 2\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "0", "-1", "x", "[1]"})
  void refusesAnUnknownVersion(String version) {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> yaml("version: " + version))
        .withMessageContaining("reads versions 1 to 2");
  }

  @Test
  void everySettingIsAComponentOfTheConfiguration() {
    assertThat(Settings.all().stream().map(Setting::key).sorted().toList())
        .containsExactlyElementsOf(DEFAULTS.flat().keySet());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "optim: {lr: fast}          | 'optim.lr' is fast, but it takes a number.",
        "train: {epochs: 2.5}       | 'train.epochs' is 2.5, but it takes a whole number.",
        "train: {epochs: 3000000000} | 'train.epochs' is 3000000000, but it takes a whole number.",
        "train: {seed: one}         | 'train.seed' is one, but it takes a whole number.",
        "optim: {nesterov: 1}       | 'optim.nesterov' is 1, but it takes true or false.",
        "data: {augment: flip}      | 'data.augment' is flip, but it takes a list of names",
        "data: {augment: [[flip]]}  | but it takes a list of names",
        "data: {cache: true}        | 'data.cache' is true, but it takes text.",
        "data: 3                    | 'data' must have keys, not a value.",
      })
  void aValueOfTheWrongKindIsNamedByItsFileAndPath(String text, String sentence) {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> DEFAULTS.with(yaml(text), "my.yaml"))
        .withMessageStartingWith("my.yaml: ")
        .withMessageContaining(sentence)
        .withMessageNotContaining("java");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train: {epochs: 1, epochs: 3}",
        "train: {epochs: 1}\ntrain: {epochs: 3}",
        "train: {epochs: 1}\n---\ntrain: {epochs: 3}",
        "train: [",
        "optim: {lr: .nan}",
        "optim: {lr: -.inf}",
        "a: b: c"
      })
  void refusesWhatSaysTwoThingsOrNothing(String text) {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> yaml(text))
        .withMessageNotContainingAny("Feature", "Token", "java");
  }

  @Test
  void refusesAFileThatIsNotText() throws IOException {
    Path file = folder.resolve("latin.yaml");
    Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xE9});
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> ConfigTree.read(file))
        .withMessageContaining("it is not UTF-8 text");
  }
}
