package dev.discern.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.card.ModelCard;
import dev.discern.predict.Classifier;
import dev.discern.predict.Prediction;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that an earlier version wrote, stopped in its third epoch of five. */
class OldRunTest {
  @TempDir private Path folder;
  private Path run = Path.of("");

  @BeforeEach
  void copy() throws IOException {
    Path from = Path.of("src/test/resources/runs/stopped-4b76ca2");
    run = folder.resolve("run");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, run.resolve(from.relativize(file).toString()));
      }
    }
  }

  @Test
  void predicts() throws IOException {
    Path image = folder.resolve("one.png");
    ImageIO.write(new BufferedImage(20, 30, BufferedImage.TYPE_BYTE_GRAY), "png", image.toFile());
    try (Classifier classifier = Classifier.open(run)) {
      assertThat(classifier.card().preprocessing().cropRatio()).isEqualTo(1);
      Prediction prediction = classifier.classify(image);
      assertThat(prediction.classes()).hasSize(10);
      assertThat(prediction.classes().get(0).probability()).isBetween(0.1, 1.0);
    }
  }

  @Test
  void isMeasuredAsItWasThen() {
    Evaluation again = Evaluation.of(run, Evaluation.Request.own("best", "validation"));
    double then = RunDirectory.open(run).metrics().get(1).at("/validation/top1").asDouble();
    assertThat(again.figures().path("top1").asDouble()).isEqualTo(then);
    Evaluation test = Evaluation.of(run, Evaluation.Request.own("best", "test"));
    assertThat(test.figures().path("top1").asDouble()).isGreaterThan(0.7);
  }

  @Test
  void resumesAndSaysWhatDiffers() {
    List<String> notes = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void onNote(String sentence) {
            notes.add(sentence);
          }
        };
    assertThat(TrainingRun.resume(run, tree -> tree, listener, () -> false).finished()).isTrue();
    assertThat(notes)
        .singleElement()
        .asString()
        .contains("an earlier version", "not bit-identical");
    assertThat(RunDirectory.open(run).metrics()).hasSize(5);
    assertThat(ModelCard.of(run.resolve("weights.safetensors")).provenance())
        .containsEntry("seed", "3")
        .containsEntry("data", "digits");
  }
}
