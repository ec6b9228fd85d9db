package dev.discern.pretrained;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.backbone.Backbone;
import dev.discern.backbone.Pass;
import dev.discern.config.Spec;
import dev.discern.fetch.FetchListener;
import dev.discern.head.HeadShape;
import dev.discern.head.Methods;
import dev.discern.layer.Architecture;
import dev.discern.model.FormulaWeights;
import dev.discern.model.Models;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import dev.discern.weights.StateDict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Networks that timm saved, in every format that it writes, give timm's logits: prints the largest
 * difference over the largest logit. By hand: {@code tools/golden/saved.py FOLDER}, then {@code
 * -Dtest.jvm.options=-Ddiscern.saved=FOLDER}.
 */
@EnabledIfSystemProperty(named = "discern.saved", matches = ".+")
class SavedByTimmTest {
  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "tf_efficientnet_lite0", "convnext_atto"})
  void givesTheLogitsOfTimm(String model) throws IOException {
    Path saved = Path.of(System.getProperty("discern.saved"), model);
    JsonNode expected =
        JsonMapper.shared().readTree(Files.readString(saved.resolve("expected.json")));
    for (String file :
        List.of(
            "state.pt",
            "legacy.pt",
            "checkpoint.pth.tar",
            "state.safetensors",
            "hub/model.safetensors",
            "hub/pytorch_model.bin")) {
      double difference = difference(saved.resolve(file), model, expected);
      System.out.printf(Locale.ROOT, "%-24s %-24s %.2g%n", model, file, difference);
      assertThat(difference).as(file).isLessThan(1e-5);
    }
  }

  private static double difference(Path file, String model, JsonNode expected) {
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Architecture architecture = Models.CATALOGUE.create(Spec.parse(model)).build(3);
      ParameterStore store = new ParameterStore(1, new Device("cpu"));
      Backbone backbone = new Backbone(architecture, store);
      List<String> classes = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
      Methods.CATALOGUE
          .create(Spec.parse("ce"))
          .build(store, new HeadShape(architecture.featureCount(), 10, List.of()));
      Pretrained weights = WeightSource.find(file.toString(), FetchListener.NONE);
      Loading loading =
          Loading.into(weights, new Target(model, architecture, store, classes, "ce"), false);
      assertThat(loading.isWhole()).isTrue();
      Tensor images = Tensors.ofFloats(FormulaWeights.fill("input", 2, 3, 79, 97), 2, 3, 79, 97);
      Tensor features = backbone.forward(images, Pass.EVALUATION);
      String classifier = architecture.classifier();
      var tensors = StateDict.read(file).tensors();
      Tensor logits =
          features
              .matmul(Objects.requireNonNull(tensors.get(classifier + ".weight")).t())
              .add(Objects.requireNonNull(tensors.get(classifier + ".bias")));
      float[] found = Tensors.toFloats(logits);
      double largest = 0;
      double scale = 0;
      for (int i = 0; i < found.length; i++) {
        double wanted = expected.path("logits").path(i / 10).path(i % 10).asDouble();
        scale = Math.max(scale, Math.abs(wanted));
        largest = Math.max(largest, Math.abs(found[i] - wanted));
      }
      return largest / scale;
    }
  }
}
