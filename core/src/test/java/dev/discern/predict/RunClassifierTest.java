package dev.discern.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.discern.card.ModelCard;
import dev.discern.card.Preprocessing;
import dev.discern.config.Task;
import dev.discern.data.Normalization;
import dev.discern.data.TestImages;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.runtime.Card;
import dev.discern.runtime.Image;
import dev.discern.runtime.Options;
import dev.discern.runtime.UnusableImage;
import dev.discern.runtime.UnusableModel;
import dev.discern.torch.SafeTensors;
import dev.discern.train.Network;
import dev.discern.train.Networks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run through the interface of applications. */
class RunClassifierTest {
  private static final ModelCard CARD =
      new ModelCard(
          "resnet8",
          "ce",
          Task.ONE_LABEL,
          List.of("cat", "dog", "hen"),
          List.of(),
          new Preprocessing(
              new ImageShape(3, 16, 16),
              0.9,
              Interpolation.BILINEAR,
              new Normalization(new float[] {0.5f, 0.5f, 0.5f}, new float[] {0.3f, 0.3f, 0.3f})),
          Map.of());

  @TempDir private static Path folder;

  @BeforeAll
  static void makeRun() {
    Network network = Networks.create(CARD, 7, List.of(), "cpu", "fp32");
    Path weights = folder.resolve("weights.safetensors");
    SafeTensors.write(weights, network.store().state(), CARD.toMetadata());
  }

  private static dev.discern.runtime.Classifier open(Path path) {
    return dev.discern.runtime.Classifier.open(path, Options.defaults().withBatchLimit(2));
  }

  @Test
  void opensFoldersAndWeightsAndAgreesWithPredict() {
    Path image =
        TestImages.write(
            folder.resolve("a.jpg"), TestImages.encode(TestImages.halves(61, 40), "jpeg"));
    for (Path path : List.of(folder, folder.resolve("weights.safetensors"))) {
      try (dev.discern.runtime.Classifier classifier = open(path);
          Classifier predict = Classifier.open(path)) {
        Prediction expected = predict.classify(image);
        dev.discern.runtime.Prediction found =
            classifier
                .classifyAll(List.of(Image.of(image), Image.of(image), Image.of(image)))
                .get(2);
        assertThat(found.ranking())
            .extracting(each -> each.name())
            .isEqualTo(expected.classes().stream().map(each -> each.name()).toList());
        assertThat(found.probability())
            .isCloseTo(expected.classes().get(0).probability(), within(0.01));
        assertThat(classifier.card().input())
            .isEqualTo(new Card.Input(3, 16, 16, 0.9, Card.Interpolation.BILINEAR));
      }
    }
  }

  @Test
  void failsAsAnExportedFileDoes() throws Exception {
    dev.discern.runtime.Classifier classifier = open(folder);
    assertThatThrownBy(() -> classifier.classify(new byte[3])).isInstanceOf(UnusableImage.class);
    classifier.close();
    classifier.close();
    assertThatThrownBy(() -> classifier.classify(new byte[3]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("This classifier is closed.");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> open(empty))
        .isInstanceOf(UnusableModel.class)
        .hasMessageContaining("empty");
  }
}
