package dev.discern.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EmbeddedModelsTest {
  @TempDir private Path folder;

  private Path unpacked(String name) {
    return EmbeddedModels.unpacked(name, Map.of("DISCERN_CACHE", folder.toString()));
  }

  @ParameterizedTest
  @MethodSource("dev.discern.card.EmbeddedModels#names")
  void hasACardThatFitsItsWeights(String name) {
    ModelCard card = ModelCard.of(unpacked(name));
    assertThat(card.task()).isEqualTo(Task.ONE_LABEL);
    assertThat(card.classNames()).hasSize(1000).contains("tench", "toilet tissue");
    assertThat(card.classIds()).hasSize(1000).startsWith("n01440764").endsWith("n15075141");
  }

  @Test
  void mendsAnUnpackedFileThatWasCut() throws IOException {
    Path file = unpacked("efficientnet-lite0");
    long whole = Files.size(file);
    Files.write(file, new byte[10]);
    assertThat(Files.size(unpacked("efficientnet-lite0"))).isEqualTo(whole);
  }

  @Test
  void replacesAnUnpackedFileOfOtherContentAndEqualSize() throws IOException {
    Path file = unpacked("efficientnet-lite0");
    byte[] whole = Files.readAllBytes(file);
    byte[] other = whole.clone();
    other[other.length - 1] ^= 1;
    Files.write(file, other);
    assertThat(unpacked("efficientnet-lite0")).hasBinaryContent(whole);
  }

  @Test
  void unpacksForSeveralThreadsAtOnce() {
    List<Path> files =
        IntStream.range(0, 8).parallel().mapToObj(i -> unpacked("efficientnet-lite0")).toList();
    assertThat(files).hasSize(8).allSatisfy(file -> assertThat(ModelCard.of(file)).isNotNull());
  }

  @Test
  void namesTheVariableIfItsFolderCannotBeWritten() throws IOException {
    Files.write(folder.resolve("models"), new byte[1]);
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> unpacked("efficientnet-lite0"))
        .withMessageContaining("DISCERN_CACHE");
  }

  @Test
  void knowsNoOtherName() {
    assertThat(EmbeddedModels.find("resnet50")).isEmpty();
  }
}
