package dev.discern.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.discern.card.ModelCard;
import dev.discern.card.ModelFile;
import dev.discern.card.Preprocessing;
import dev.discern.certainty.Calibration;
import dev.discern.certainty.Conformity;
import dev.discern.certainty.Temperature;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.data.Normalization;
import dev.discern.image.Encoded;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.image.Pixels;
import dev.discern.torch.SafeTensors;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import dev.discern.train.Network;
import dev.discern.train.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxExportTest {
  /** What a difference of one gray level in a few pixels makes of the formula's networks. */
  private static final double PATH_BOUND = 0.005;

  @TempDir private Path folder = Path.of("");

  private static Preprocessing steps(int side) {
    return Exported.steps(side, 0.875, Interpolation.BICUBIC, false);
  }

  @Test
  void answersImagesOfAnySizeLikeTheViewAndTheNetwork() {
    for (String model : List.of("resnet8", "mobilenetv3_small_100")) {
      ModelCard card = Exported.card(model, "ce", steps(model.equals("resnet8") ? 16 : 64));
      try (Exported exported = Exported.of(card, false, folder.resolve(model + ".onnx"))) {
        SplittableRandom random = new SplittableRandom(30);
        double largest = 0;
        for (int round = 0; round < 40; round++) {
          Pixels raw = Exported.image(random, random.nextInt(1, 300), random.nextInt(1, 300), 3);
          Pixels seen = card.preprocessing().view().apply(Encoded.of(raw), random);
          double[] expected = exported.engine(List.of(seen)).get(0);
          float[] actual = exported.session().probabilities(List.of(raw))[0];
          for (int k = 0; k < expected.length; k++) {
            largest = Math.max(largest, Math.abs(expected[k] - actual[k]));
          }
        }
        assertThat(largest).as(model).isLessThan(PATH_BOUND);
      }
    }
  }

  @Test
  void appliesTheTemperatureAndDescribesTheCard() throws IOException {
    ModelCard card =
        new ModelCard(
            "resnet8",
            "ce",
            Task.ONE_LABEL,
            List.of("a\nb", "c\\d", "e", "f", "g"),
            List.of("n1", "n2", "n3", "n4", "n5"),
            steps(28),
            Map.of("data", "shapes", "seed", "1"),
            java.util.Optional.of(
                new Calibration(new Temperature(2.5), Conformity.of(0.5, 0.25, 0.5, 1))));
    Path file = folder.resolve("model.onnx");
    try (Exported exported = Exported.of(card, false, file)) {
      List<Pixels> images = exported.inputs(2);
      double[] expected = exported.engine(images).get(0);
      float[] actual = exported.session().probabilities(images)[0];
      for (int k = 0; k < expected.length; k++) {
        assertThat((double) actual[k]).isCloseTo(expected[k], within(1e-4));
      }
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    ModelProto proto = ModelProto.parseFrom(Files.readAllBytes(file));
    proto.getMetadataPropsList().forEach(each -> metadata.put(each.getKey(), each.getValue()));
    assertThat(metadata)
        .containsEntry("discern.format", "1")
        .containsEntry("discern.task", "one-label")
        .containsEntry("discern.classes", "a\\nb\nc\\\\d\ne\nf\ng")
        .containsEntry("discern.class-ids", "n1\nn2\nn3\nn4\nn5")
        .containsEntry("discern.channels", "3")
        .containsEntry("discern.height", "28")
        .containsEntry("discern.crop-ratio", "0.875")
        .containsEntry("discern.interpolation", "bicubic")
        .containsEntry("discern.mean", "0.485,0.456,0.406")
        .containsEntry("discern.scaled-side", "32")
        .containsEntry("discern.architecture", "resnet8")
        .containsEntry("discern.method", "ce")
        .containsEntry("discern.temperature", "2.5")
        .containsEntry("discern.conformity", "0.25,0.5,0.5,1.0")
        .containsEntry("discern.provenance.data", "shapes")
        .containsEntry("discern.version", "test");
  }

  @Test
  void leavesOutWhatTheCardDoesNotHave() throws IOException {
    Path file = folder.resolve("model.onnx");
    Exported.of(Exported.card("resnet8", "multilabel-bce", steps(16)), false, file).close();
    ModelProto proto = ModelProto.parseFrom(Files.readAllBytes(file));
    assertThat(proto.getMetadataPropsList())
        .anyMatch(each -> each.getValue().equals("several-labels"))
        .noneMatch(each -> each.getKey().equals("discern.conformity"))
        .noneMatch(each -> each.getKey().equals("discern.class-ids"));
  }

  @Test
  void takesGrayImages() {
    Preprocessing gray =
        new Preprocessing(
            new ImageShape(1, 28, 28),
            1,
            Interpolation.BILINEAR,
            new Normalization(new float[] {0.3f}, new float[] {0.2f}));
    ModelCard card = Exported.card("resnet8", "ce", gray);
    try (Exported exported = Exported.of(card, false, folder.resolve("gray.onnx"))) {
      List<Pixels> images = exported.inputs(2);
      float[] actual = exported.session().probabilities(images)[1];
      double[] expected = exported.engine(images).get(1);
      for (int k = 0; k < expected.length; k++) {
        assertThat((double) actual[k]).isCloseTo(expected[k], within(1e-4));
      }
    }
  }

  @Test
  void halvesTheFileWithFloat16() throws IOException {
    ModelCard card = Exported.card("resnet20", "ce", steps(28));
    Path whole = folder.resolve("whole.onnx");
    Path half = folder.resolve("half.onnx");
    Exported.of(card, false, whole).close();
    try (Exported exported = Exported.of(card, true, half)) {
      assertThat((double) Files.size(half) / Files.size(whole)).isBetween(0.49, 0.56);
      List<Pixels> images = exported.inputs(2);
      float[] actual = exported.session().probabilities(images)[0];
      double[] expected = exported.engine(images).get(0);
      for (int k = 0; k < expected.length; k++) {
        assertThat((double) actual[k]).isCloseTo(expected[k], within(Verification.HALF_BOUND));
      }
    }
  }

  @Test
  void keepsNothingThatDiffersFromTheNetwork() throws IOException {
    Path weights = folder.resolve("weights.safetensors");
    ModelCard card = Exported.card("resnet8", "ce", steps(16));
    writeWithNaN(card, weights);
    Path file = folder.resolve("model.onnx");
    Files.writeString(file, "an older export");
    ModelFile model = new ModelFile(weights, card, "");
    SplittableRandom random = new SplittableRandom(1);
    List<Pixels> images = List.of(Exported.image(random, 20, 20, 3));
    assertThatThrownBy(() -> OnnxExport.write(model, images, false, "test", file))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("is not kept, because its probabilities differ");
    assertThat(file).hasContent("an older export");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(weights, file);
    }
  }

  private static void writeWithNaN(ModelCard card, Path file) {
    Network network = Networks.create(card, 1, List.of(), "cpu", "fp32");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (Scope scope = new Scope()) {
      network.store().state().forEach((name, tensor) -> tensors.put(name, tensor));
      tensors.put(
          "fc.bias", Tensors.ofFloats(new float[] {Float.NaN, 0, 0, 0, 0}, Exported.CLASSES));
      Map<String, Tensor> named = new LinkedHashMap<>();
      tensors.forEach((name, tensor) -> named.put("model." + name, tensor));
      SafeTensors.write(file, named, card.toMetadata());
    }
    network.store().state().values().forEach(Tensor::close);
  }

  @Test
  void refusesDifferencesAboveTheBounds() {
    new Verification(1, 1e-4, 0.02).requireAgreement(false);
    new Verification(1, 0.02, 0.02).requireAgreement(true);
    assertThatThrownBy(() -> new Verification(1, 1.1e-4, 0).requireAgreement(false))
        .isInstanceOf(WorkFailed.class);
    assertThatThrownBy(() -> new Verification(1, 0, 0.03).requireAgreement(false))
        .isInstanceOf(WorkFailed.class);
    assertThatThrownBy(() -> new Verification(1, Double.NaN, 0).requireAgreement(false))
        .isInstanceOf(WorkFailed.class);
  }
}
