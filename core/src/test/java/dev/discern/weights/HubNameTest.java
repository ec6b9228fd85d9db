package dev.discern.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.InvalidConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubNameTest {
  @Test
  void readsARepositoryAndItsRevision() {
    assertThat(HubName.parse("hf:timm/resnet18.a1_in1k"))
        .isEqualTo(new HubName("timm", "resnet18.a1_in1k", "main"))
        .hasToString("hf:timm/resnet18.a1_in1k");
    assertThat(HubName.parse("hf:timm/resnet18.a1_in1k@v1.0").revision()).isEqualTo("v1.0");
    assertThat(HubName.parse("hf:a/b@refs/pr/1")).hasToString("hf:a/b@refs/pr/1");
  }

  @Test
  void knowsACommit() {
    assertThat(HubName.parse("hf:a/b@" + "0a".repeat(20)).isCommit()).isTrue();
    assertThat(HubName.parse("hf:a/b@0a0a0a0").isCommit()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hf:",
        "hf:resnet18",
        "hf:/resnet18",
        "hf:timm/",
        "hf:a/b/c",
        "hf:../b",
        "hf:a/..",
        "hf:a/.b",
        "hf:a/b--c",
        "hf:a--b/c",
        "hf:a/b.git",
        "hf:a/b c",
        "hf:a/b\n",
        "hf:a\\b/c",
        "hf:C:/x",
        "hf:a/%2e%2e",
        "timm/resnet18",
        "hf-hub:timm/resnet18",
        "https://huggingface.co/timm/resnet18"
      })
  void refusesOtherNames(String text) {
    assertThatThrownBy(() -> HubName.parse(text))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("write hf:OWNER/NAME");
  }

  @Test
  void refusesALongName() {
    assertThatThrownBy(() -> HubName.parse("hf:a/" + "b".repeat(96)))
        .isInstanceOf(InvalidConfig.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "..", "a/../b", "/a", "a/", "a//b", ".a", "a b", "a@b", "a\\b", "a?b"})
  void refusesOtherRevisions(String revision) {
    assertThatThrownBy(() -> HubName.parse("hf:a/b@" + revision))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("The revision '" + revision + "' of hf:a/b");
  }
}
