package dev.discern.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import dev.discern.fetch.FetchListener;
import dev.discern.weights.SavedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightSourceTest {
  @TempDir private Path folder;

  private static Pretrained find(Object source) {
    return WeightSource.find(source.toString(), FetchListener.NONE);
  }

  @Test
  void theEmbeddedNetworkSaysHowItSeesImages() {
    Pretrained found = find("efficientnet-lite0");
    assertThat(found.architecture()).hasValue("tf_efficientnet_lite0(drop=0,dropPath=0)");
    assertThat(found.preprocessing().orElseThrow().shape().height()).isEqualTo(224);
    assertThat(found.classNames()).hasSize(1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet5O", "gone.pth", "a\0b", ""})
  void anUnknownNameListsTheWays(String name) {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> find(name))
        .withMessageContainingAll(
            "There are no weights", "efficientnet-lite0", "safetensors", "run", "hf:OWNER/NAME");
  }

  @Test
  void aFolderThatIsNoRunIsRefused() {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(() -> find(folder))
        .withMessageContaining("is not a run");
  }

  @Test
  void aPickleThatAsksForAFunctionIsRefused() throws IOException {
    Path file = folder.resolve("w.pth");
    SavedState.hostile(file);
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> find(file))
        .withMessageContainingAll("w.pth", "posix.getcwd");
  }

  @Test
  void spellsOnlyExistingPathsAnew() throws IOException {
    Path file = Files.createFile(folder.resolve("w.pth"));
    assertThat(WeightSource.canonical(folder.resolve("x/../w.pth").toString()))
        .isEqualTo(folder.resolve("x/../w.pth").toString());
    assertThat(WeightSource.canonical(folder + "/./w.pth")).isEqualTo(file.toString());
    assertThat(WeightSource.canonical("efficientnet-lite0")).isEqualTo("efficientnet-lite0");
    assertThat(WeightSource.canonical("hf:timm/a")).isEqualTo("hf:timm/a");
    assertThat(WeightSource.nameOf("/secret/place/w.pth")).isEqualTo("w.pth");
    assertThat(WeightSource.nameOf("hf:timm/a")).isEqualTo("hf:timm/a");
  }
}
