package dev.discern.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchZipTest {
  private static final byte[] PICKLE =
      Pickle.tensor("FloatStorage", 2, 0, new long[] {2}, new long[] {1});

  @TempDir private Path folder;

  private String reason(Map<String, byte[]> entries) {
    return new Refused(folder).reason(TorchFiles.zip(entries, ZipArchiveEntry.STORED));
  }

  private static Map<String, byte[]> entries() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("archive/data.pkl", PICKLE);
    entries.put("archive/data/0", new byte[8]);
    return entries;
  }

  @Test
  void readsWhatThisTestWrites() throws IOException {
    Path file =
        Files.write(
            folder.resolve("a"), TorchFiles.zip(PICKLE, new byte[] {0, 0, -128, 63, 0, 0, 0, 64}));
    try (Scope scope = new Scope()) {
      assertThat(Tensors.toFloats(Objects.requireNonNull(StateDict.read(file).tensors().get("w"))))
          .containsExactly(1, 2);
    }
  }

  @Test
  void refusesCompressedStorages() {
    Map<String, byte[]> bomb = entries();
    bomb.put("archive/data/0", new byte[10_000_000]);
    assertThat(new Refused(folder).reason(TorchFiles.zip(bomb, ZipArchiveEntry.DEFLATED)))
        .contains("packed again with compression");
  }

  @Test
  void refusesAMissingStorage() {
    Map<String, byte[]> entries = entries();
    entries.remove("archive/data/0");
    assertThat(reason(entries)).contains("archive/data/0 is missing");
  }

  @Test
  void refusesAStorageThatIsTooShort() {
    Map<String, byte[]> entries = entries();
    entries.put("archive/data/0", new byte[7]);
    assertThat(reason(entries)).contains("archive/data/0 is shorter than its tensors");
  }

  @Test
  void refusesAnEntryThatOccursTwice() {
    Map<String, byte[]> entries = entries();
    entries.put("archive/data/0@2", new byte[8]);
    assertThat(reason(entries)).contains("two entries have the name archive/data/0");
  }

  @Test
  void refusesAnEntryOutside() {
    Map<String, byte[]> entries = entries();
    entries.put("archive/../../passwd", new byte[8]);
    assertThat(reason(entries)).contains("lies outside: archive/../../passwd");
  }

  @Test
  void refusesBigEndianNumbers() {
    Map<String, byte[]> entries = entries();
    entries.put("archive/byteorder", TorchFiles.ascii("big"));
    assertThat(reason(entries)).contains("big-endian");
  }

  @ParameterizedTest
  @CsvSource({
    "archive/constants.pkl, TorchScript",
    "archive/code/__torch__.py, TorchScript",
    "model.json, did not write",
    "net/model.json, TorchScript",
    "model.weights.h5, Keras",
    "a.npy, NumPy",
    "word/document.xml, did not write"
  })
  void namesZipFilesOfOtherKinds(String name, String reason) {
    assertThat(reason(Map.ofEntries(entry(name, new byte[1])))).contains(reason);
  }

  @Test
  void refusesADirectoryLargerThanAnyNetworkNeeds() {
    Map<String, byte[]> entries = entries();
    for (int i = 0; i < 100_000; i++) {
      entries.put("archive/data/" + (i + 1_000_000), new byte[0]);
    }
    assertThat(reason(entries)).contains("directory is larger than any network needs");
  }

  @Test
  void refusesAFileCutAnywhere() {
    byte[] whole = TorchFiles.zip(PICKLE, new byte[8]);
    for (int length = 5; length < whole.length; length++) {
      assertThat(new Refused(folder).reason(Arrays.copyOf(whole, length)))
          .contains("cut off or makes no sense");
    }
  }
}
