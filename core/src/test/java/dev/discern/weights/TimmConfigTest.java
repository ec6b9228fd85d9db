package dev.discern.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import dev.discern.weights.TimmConfig.InputSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code -Ddiscern.fuzz=20000} tries more mutations than a build has time for. */
class TimmConfigTest {
  private static final int MUTATIONS = Integer.getInteger("discern.fuzz", 2000);

  /** As timm 1.0 writes it. */
  private static final String NEW =
      """
      {"architecture": "resnet18", "num_classes": 3, "num_features": 512, "global_pool": "avg",
       "label_names": ["n01", "n02", "n03"], "label_descriptions": {"n01": "tench"},
       "model_args": {"in_chans": 3, "act_layer": "silu", "aa": null, "depths": [2, 2]},
       "pretrained_cfg": {"tag": "a1_in1k", "custom_load": false, "input_size": [3, 160, 224],
        "test_input_size": [3, 288, 288], "fixed_input_size": false, "interpolation": "bicubic",
        "crop_pct": 0.95, "test_crop_pct": 1.0, "crop_mode": "center", "mean": [0.5, 0.25, 0.125],
        "std": [0.5, 0.5, 1], "num_classes": 1000, "pool_size": [7, 7], "first_conv": "conv1",
        "classifier": ["head", "head_dist"], "license": "apache-2.0"}}
      """;

  /** As timm 0.4 wrote it. */
  private static final String OLD =
      """
      {"architecture": "resnet18", "num_classes": 2, "input_size": [3, 224, 224], "crop_pct": 0.875,
       "interpolation": "bilinear", "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225],
       "first_conv": "conv1", "classifier": "fc", "pool_size": [7, 7], "labels": ["cat", "dog"]}
      """;

  @TempDir private Path folder;

  private TimmConfig read(String json) {
    return read(json.getBytes(StandardCharsets.UTF_8));
  }

  private TimmConfig read(byte[] json) {
    try {
      return TimmConfig.read(Files.write(folder.resolve("config.json"), json), "hf:timm/x");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void readsTheLayoutOfToday() {
    TimmConfig config = read(NEW);

    assertThat(config.architecture()).isEqualTo("resnet18");
    assertThat(config.numClasses()).isEqualTo(3);
    assertThat(config.numFeatures()).contains(512);
    assertThat(config.globalPool()).contains("avg");
    assertThat(config.input()).isEqualTo(new InputSize(3, 160, 224));
    assertThat(config.testInput()).contains(new InputSize(3, 288, 288));
    assertThat(config.cropRatio()).isEqualTo(0.95);
    assertThat(config.testCropRatio()).contains(1.0);
    assertThat(config.cropMode()).isEqualTo("center");
    assertThat(config.interpolation()).isEqualTo("bicubic");
    assertThat(config.mean()).containsExactly(0.5f, 0.25f, 0.125f);
    assertThat(config.std()).containsExactly(0.5f, 0.5f, 1f);
    assertThat(config.labelNames()).containsExactly("n01", "n02", "n03");
    assertThat(config.labelDescriptions()).containsExactly(Map.entry("n01", "tench"));
    assertThat(config.classifiers()).containsExactly("head", "head_dist");
    assertThat(config.firstConvolutions()).containsExactly("conv1");
    assertThat(config.modelArguments())
        .isEqualTo(Map.of("in_chans", 3, "act_layer", "silu", "depths", List.of(2, 2)));
    assertThat(config.license()).contains("apache-2.0");
  }

  @Test
  void readsTheOlderLayout() {
    TimmConfig config = read(OLD);

    assertThat(config.numClasses()).isEqualTo(2);
    assertThat(config.interpolation()).isEqualTo("bilinear");
    assertThat(config.classifiers()).containsExactly("fc");
    assertThat(config.labelNames()).containsExactly("cat", "dog");
  }

  @Test
  void takesTimmsDefaults() {
    TimmConfig config = read("{\"architecture\": \"resnet18\", \"pretrained_cfg\": {}}");

    assertThat(config.numClasses()).isEqualTo(1000);
    assertThat(config.input()).isEqualTo(new InputSize(3, 224, 224));
    assertThat(config.cropRatio()).isEqualTo(0.875);
    assertThat(config.cropMode()).isEqualTo("center");
    assertThat(config.interpolation()).isEqualTo("bicubic");
    assertThat(config.mean()).containsExactly(0.485f, 0.456f, 0.406f);
    assertThat(config.std()).containsExactly(0.229f, 0.224f, 0.225f);
    assertThat(config.labelNames()).isEmpty();
  }

  @Test
  void letsModelArgumentsWinOverTheSource() {
    TimmConfig config =
        read(
            "{\"architecture\": \"vit\", \"model_args\": {\"in_chans\": 1, \"img_size\": [96, 64]},"
                + " \"pretrained_cfg\": {\"fixed_input_size\": true, \"mean\": [0.5],"
                + " \"std\": [0.5], \"input_size\": [3, 224, 224]}}");

    assertThat(config.input()).isEqualTo(new InputSize(1, 96, 64));
    assertThat(config.mean()).containsExactly(0.5f);
  }

  @Test
  void readsLabelsByNumber() {
    TimmConfig config =
        read(
            "{\"architecture\": \"x\", \"num_classes\": 2,"
                + " \"label_names\": {\"1\": \"dog\", \"0\": \"cat\"}}");

    assertThat(config.labelNames()).containsExactly("cat", "dog");
  }

  @Test
  void keepsNoLabelsForWeightsWithoutAClassifier() {
    TimmConfig config =
        read("{\"architecture\": \"x\", \"num_classes\": 0, \"label_names\": [\"cat\"]}");

    assertThat(config.numClasses()).isZero();
    assertThat(config.labelNames()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "num_classes|-1",
        "num_classes|2.5",
        "num_classes|99999999999",
        "num_features|0",
        "input_size|[3, 224]",
        "input_size|[3, 0, 224]",
        "input_size|[3, 224, 1000000]",
        "input_size|[1e3, 224, 224]",
        "input_size|224",
        "test_input_size|[3, -1, 224]",
        "crop_pct|0",
        "crop_pct|-0.5",
        "crop_pct|2.5",
        "crop_pct|1e999",
        "crop_pct|NINES",
        "crop_pct|\"0.9\"",
        "test_crop_pct|0",
        "crop_mode|\"diagonal\"",
        "interpolation|\"best\"",
        "interpolation|3",
        "mean|[0.5, 0.5]",
        "mean|[0.5, 0.5, 1e999]",
        "mean|[0.5, 0.5, null]",
        "mean|0.5",
        "std|[0.5, 0.5, 0]",
        "std|[0.5, 0.5, -1]",
        "std|[1e-300, 0.5, 0.5]",
        "labels|[\"cat\"]",
        "labels|[\"cat\", \" \"]",
        "labels|[\"cat\", 3]",
        "labels|{\"0\": \"cat\", \"2\": \"dog\"}",
        "label_descriptions|[\"a\"]",
        "label_descriptions|{\"a\": 1}",
        "classifier|{}",
        "first_conv|[1]",
        "architecture|3",
        "architecture|\"../x\"",
        "model_args|[]",
        "pretrained_cfg|3"
      })
  void refusesImpossibleValuesByTheirKey(String key, String value) {
    String json = OLD.strip();
    String changed = json.replaceAll("\"" + key + "\": (\\[[^]]*]|\"[^\"]*\"|[^,}]+)[,]? ?", "");
    String refused = changed.substring(0, changed.length() - 1).replaceAll(",\\s*$", "");

    assertThatThrownBy(
            () ->
                read(
                    refused
                        + ", \""
                        + key
                        + "\": "
                        + value.replace("NINES", "9".repeat(400))
                        + "}"))
        .isInstanceOf(WorkFailed.class)
        .hasMessageStartingWith("hf:timm/x cannot be used here")
        .hasMessageContaining(key)
        .hasMessageEndingWith(".");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model_type\": \"vit\", \"architectures\": [\"ViTModel\"]}|transformers",
        "{\"_class_name\": \"UNet2DConditionModel\"}|diffusers",
        "{\"model_cfg\": {}, \"preprocess_cfg\": {}}|OpenCLIP"
      })
  void saysWhichLibraryADescriptionBelongsTo(String json, String library) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining(library)
        .hasMessageContaining("timm's layout");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"''", "[]", "null", "{", "<html>", "NaN", "{}"})
  void refusesWhatIsNotADescription(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("config.json");
  }

  @Test
  void refusesADeepOne() {
    assertThatThrownBy(() -> read("{\"architecture\":" + "[".repeat(100_000)))
        .isInstanceOf(WorkFailed.class);
  }

  @Test
  void damagedDescriptionsAreReadOrRefusedInASentence() {
    SplittableRandom random = new SplittableRandom(7);
    String[] tokens = {
      "null", "-1", "1e999", "NaN", "99999999999999999999", "[]", "{}", "\"\"", "true", "0", ",",
      "\"", "]", "}", ":", "\0", "\ud83d\ude00", "[[[", "1.5", "\"mean\"", "-0.0", "\\u0000"
    };
    for (int k = 0; k < MUTATIONS; k++) {
      StringBuilder text = new StringBuilder(k % 2 == 0 ? NEW : OLD);
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + random.nextInt(12));
        switch (random.nextInt(4)) {
          case 0 -> text.replace(at, end, tokens[random.nextInt(tokens.length)]);
          case 1 -> text.delete(at, end);
          case 2 -> text.insert(at, tokens[random.nextInt(tokens.length)]);
          default -> text.setCharAt(at, (char) random.nextInt(32, 127));
        }
        if (text.isEmpty()) {
          text.append(' ');
        }
      }
      requireReadOrRefused(text.toString());
    }
  }

  private void requireReadOrRefused(String json) {
    try {
      TimmConfig config = read(json);
      assertThat(config.numClasses()).isBetween(0, 1_000_000);
      assertThat(config.mean()).hasSize(config.input().channels());
      assertThat(config.std()).allMatch(value -> value > 0 && Float.isFinite(value));
      assertThat(config.cropRatio()).isPositive().isLessThanOrEqualTo(2);
    } catch (WorkFailed | InvalidConfig e) {
      assertThat(e.getMessage()).startsWith("hf:timm/x ").endsWith(".");
    }
  }
}
