package dev.discern.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileKindTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|is empty: fetch it again",
        "<!DOCTYPE html><html>|is a web page",
        "'\uFEFF\n <HTML lang=en>'|is a web page",
        "version https://git-lfs.github.com/spec/v1|git lfs pull",
        "{\"error\":\"Not found\"}|is JSON text",
        "GGUF....|is a GGUF file",
        "....TFL3|is a TensorFlow Lite model",
        "hello|is no weight file (its first bytes are 68656c6c6f)"
      })
  void namesTexts(String text, String reason) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(new Refused(folder).reason(bytes)).contains(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "894844460d0a1a0a0000000000, HDF5",
    "08071207707974, ONNX",
    "0803120b62, ONNX",
    "1f8b0800, compressed archive",
    "934e554d505901, NumPy",
    "ffd8ffe0, no weight file"
  })
  void namesBinaryFiles(String hex, String reason) {
    assertThat(new Refused(folder).reason(HexFormat.of().parseHex(hex))).contains(reason);
  }

  @Test
  void namesTarFilesAsOldPyTorchWroteThem() {
    byte[] tar = new byte[1024];
    System.arraycopy(TorchFiles.ascii("ustar"), 0, tar, 257, 5);
    assertThat(new Refused(folder).reason(tar)).contains("tar archive");
  }

  @Test
  void namesFoldersAndMissingFiles() {
    assertThat(Refused.reason(folder, catchThrowable(() -> StateDict.read(folder))))
        .contains("is a folder");
    Path missing = folder.resolve("missing.pt");
    assertThat(Refused.reason(missing, catchThrowable(() -> StateDict.list(missing))))
        .contains("it does not exist");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.zip.pt", "model.legacy.pt", "state.safetensors"})
  void ignoresTheFilesName(String golden) throws Exception {
    Path file = folder.resolve("poids-été-重み.txt");
    Files.copy(GoldenWeights.FOLDER.resolve(golden), file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(StateDict.list(file))
        .isEqualTo(StateDict.list(GoldenWeights.FOLDER.resolve(golden)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.zip.pt", "model.legacy.pt", "state.safetensors"})
  void readsInAnInterruptedThread(String golden) {
    Thread.currentThread().interrupt();
    try {
      assertThat(StateDict.list(GoldenWeights.FOLDER.resolve(golden)).tensors()).isNotEmpty();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void refusesASafetensorsFileThatIsCut() {
    byte[] whole = GoldenWeights.bytes("state.safetensors");
    for (int length = 0; length < whole.length; length += 7) {
      assertThat(new Refused(folder).reason(Arrays.copyOf(whole, length))).isNotEmpty();
    }
  }

  // 0x80 begins a pickle, 0x08 a protocol buffer, 0x50 a zip archive.
  @ParameterizedTest
  @ValueSource(ints = {0x80, 0x0308, 0x1250, 0x120708})
  void recognizesSafetensorsOfAnyHeaderLength(int length) throws BadWeights {
    byte[] start = Arrays.copyOf(new byte[8], 64);
    ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).putLong(length).put((byte) '{');
    assertThat(FileKind.of(start)).isEqualTo(WeightFormat.SAFETENSORS);
  }
}
