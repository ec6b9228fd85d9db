package dev.discern.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTensorsTest {
  @TempDir Path folder;

  private Path written() {
    Path file = folder.resolve("t.safetensors");
    Tensor matrix = Tensors.ofFloats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    SafeTensors.write(
        file,
        Map.of(
            "transposed", matrix.t(),
            "counts", Tensors.ofClasses(new int[] {7, 8}),
            "half", matrix.to(ScalarType.BFloat16),
            "doubles", Tensors.ofDoubles(new double[] {.1}, 1)),
        Map.of("key", "value"));
    return file;
  }

  @Test
  void readsBackWhatItWrote() {
    try (Scope scope = new Scope()) {
      SafeTensors.Content content = SafeTensors.read(written());
      assertThat(content.metadata()).containsExactly(Map.entry("key", "value"));
      Tensor transposed = Objects.requireNonNull(content.tensors().get("transposed"));
      assertThat(transposed.size(0)).isEqualTo(3);
      assertThat(Tensors.toFloats(transposed)).containsExactly(1, 4, 2, 5, 3, 6);
      assertThat(Tensors.toLongs(Objects.requireNonNull(content.tensors().get("counts"))))
          .containsExactly(7, 8);
      Tensor half = Objects.requireNonNull(content.tensors().get("half"));
      assertThat(half.scalar_type().intern()).isEqualTo(ScalarType.BFloat16);
      assertThat(Tensors.toFloats(half)).containsExactly(1, 2, 3, 4, 5, 6);
    }
  }

  @Test
  void equalContentGivesEqualBytes() throws IOException {
    try (Scope scope = new Scope()) {
      byte[] first = Files.readAllBytes(written());
      assertThat(Files.readAllBytes(written())).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 8, 20, 200, -1})
  void refusesAFileCutAnywhere(int length) throws IOException {
    try (Scope scope = new Scope()) {
      Path file = written();
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, length < 0 ? bytes.length + length : length));
      assertThat(SafeTensors.isWhole(file)).isFalse();
      assertThatThrownBy(() -> SafeTensors.read(file))
          .isInstanceOf(WorkFailed.class)
          .hasMessageContaining("damaged or not a safetensors file");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,400]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-4,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"Q4\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807,9],\"data_offsets\":[0,8]}}",
        "{\"a\":",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0,4611686018427387904,4],\"data_offsets\":[0,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[\"2\"],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,9]}}",
        "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":"
            + "[9223372036854775800,9223372036854775808]}}",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":"
            + "[9223372036854775799,9223372036854775807]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} x",
        "{\"a\":7}"
      })
  void refusesAHeaderThatLies(String header) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text);
    Path file = Files.write(folder.resolve("lie"), bytes.array());
    try (Scope scope = new Scope()) {
      assertThatThrownBy(() -> SafeTensors.read(file)).isInstanceOf(WorkFailed.class);
      assertThatThrownBy(() -> SafeTensors.list(file)).isInstanceOf(WorkFailed.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a 0 8 a 0 8, Duplicate",
    "a 0 8 b 0 8, 'tensor ''b'' overlaps another one'",
    "a 0 4 b 3 8, 'tensor ''b'' overlaps another one'",
    "a 0 3 b 4 8, 'tensor ''b'' follows bytes of no tensor'",
    "a 1 8 b 1 1, 'tensor ''b'' follows bytes of no tensor'",
    "a 0 4 b 4 7, 'its tensors end at byte'",
    "a 0 4 b 4 9, 'its tensors end at byte'"
  })
  void refusesTensorsThatDoNotFillTheFile(String layout, String reason) throws IOException {
    String[] words = layout.split(" ");
    StringBuilder header = new StringBuilder();
    for (int i = 0; i < words.length; i += 3) {
      long length = Long.parseLong(words[i + 2]) - Long.parseLong(words[i + 1]);
      header.append(
          "%s\"%s\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[%s,%s]}"
              .formatted(i == 0 ? "{" : ",", words[i], length, words[i + 1], words[i + 2]));
    }
    byte[] text = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    Path file = Files.write(folder.resolve("layout"), bytes.putLong(text.length).put(text).array());
    assertThat(SafeTensors.isWhole(file)).isFalse();
    assertThatThrownBy(() -> SafeTensors.read(file))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @EnumSource(Dtype.class)
  void keepsEveryDtype(Dtype dtype) {
    Path file = folder.resolve("dtype");
    try (Scope scope = new Scope()) {
      Tensor values = Tensors.ofFloats(new float[] {0, 1, 1}, 3, 1).to(dtype.scalarType());
      SafeTensors.write(
          file, Map.of("x", values, "empty", Tensors.empty(dtype.scalarType(), 0, 2)), Map.of());
      Map<String, Tensor> tensors = SafeTensors.read(file).tensors();
      assertThat(Tensors.toFloats(Objects.requireNonNull(tensors.get("empty")))).isEmpty();
      Tensor read = Objects.requireNonNull(tensors.get("x"));
      assertThat(Dtype.of(read.scalar_type())).contains(dtype);
      assertThat(Tensors.toFloats(read)).containsExactly(0, 1, 1);
    }
    assertThat(SafeTensors.list(file))
        .containsExactly(
            new TensorInfo("empty", dtype, List.of(0L, 2L)),
            new TensorInfo("x", dtype, List.of(3L, 1L)));
  }

  @Test
  void refusesAHeaderTooLargeForAnyNetwork() throws IOException {
    Path file = folder.resolve("large");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(9 << 20).array());
      large.setLength(20 << 20);
    }
    assertThatThrownBy(() -> SafeTensors.read(file))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("larger than 8 MB");
  }

  @Test
  void refusesAnImpossibleHeaderLength() throws IOException {
    Path file = folder.resolve("huge");
    Files.write(
        file, ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(1L << 40).array());
    assertThatThrownBy(() -> SafeTensors.read(file))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("header length");
  }

  @Test
  void keepsTheOldFileWhereWritingFails() throws IOException {
    Path file = folder.resolve("kept");
    Files.writeString(file, "old");
    try (Scope scope = new Scope()) {
      Tensor complex = Tensors.ofFloats(new float[] {1}, 1).to(ScalarType.ComplexFloat);
      assertThatThrownBy(() -> SafeTensors.write(file, Map.of("x", complex), Map.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(file).hasContent("old");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }
}
