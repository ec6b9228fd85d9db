package dev.discern.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.config.ConfigTree;
import dev.discern.config.InvalidConfig;
import dev.discern.config.RunConfig;
import dev.discern.config.TrainConfig;
import dev.discern.run.TrainingRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Runs that end before their last epoch, because validation got no better. */
class EarlyStopTest {
  private static final RunListener SILENT = new RunListener() {};
  private static final int EPOCHS = 30;

  @TempDir private Path folder;

  // Few images and a high rate: validation soon has a worse epoch.
  private static RunConfig config(int patience) {
    return ConfigTree.of(Defaults.of("digits"))
        .with("model.name", "resnet8")
        .with("data.limitTrain", 32)
        .with("train.batchSize", 16)
        .with("train.epochs", EPOCHS)
        .with("train.patience", patience)
        .with("optim.lr", 0.4)
        .with("optim.schedule", "constant")
        .with("train.precision", "fp32")
        .with("train.threads", "1")
        .toConfig("The test");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 9, 1, false",
    "3, 3, 1, false",
    "3, 4, 1, true",
    "3, 9, 7, false",
    "3, 10, 7, true",
    "3, 30, 30, true",
    "0, 30, 1, true"
  })
  void endsAfterAsManyEpochsWithoutABetterOne(int patience, int epoch, int best, boolean over) {
    TrainConfig config = config(patience).train();
    assertThat(config.isOver(epoch, best)).isEqualTo(over);
  }

  @Test
  void isRecordedAndFinished() {
    Path run = folder.resolve("early");
    List<String> notes = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void onNote(String sentence) {
            notes.add(sentence);
          }
        };
    Outcome outcome = TrainingRun.start(config(1), run, listener, () -> false);

    assertThat(outcome.finished()).isTrue();
    JsonNode result = outcome.result().orElseThrow();
    int epochs = RunDirectory.open(run).metrics().size();
    assertThat(epochs).isBetween(2, EPOCHS - 1);
    assertThat(result.path("epochs").asInt()).isEqualTo(epochs);
    JsonNode early = result.path("stoppedEarly");
    assertThat(early.path("epoch").asInt()).isEqualTo(epochs);
    assertThat(early.path("bestEpoch").asInt()).isEqualTo(epochs - 1);
    String sentence =
        String.format(
            "Stopped after epoch %d of %d: no epoch since %d was better on the validation images.",
            epochs, EPOCHS, epochs - 1);
    assertThat(early.path("reason").asString()).isEqualTo(sentence);
    assertThat(notes).contains(sentence);
    assertThat(TrainingRun.resume(run, tree -> tree, SILENT, () -> false).finished()).isTrue();
    assertThat(RunDirectory.open(run).metrics()).hasSize(epochs);
  }

  // The last question is asked after the last test batch of the conclusion.
  @Test
  void resumesToTheSameEndWhereverItIsStopped() throws IOException {
    Path whole = folder.resolve("whole");
    AtomicInteger asked = new AtomicInteger();
    TrainingRun.start(config(1), whole, SILENT, () -> asked.incrementAndGet() < 0);
    int all = asked.get();
    for (int at : new int[] {3, all / 2, all}) {
      Path cut = folder.resolve("cut" + at);
      AtomicInteger times = new AtomicInteger();
      TrainingRun.start(config(1), cut, SILENT, () -> times.incrementAndGet() == at);
      assertThat(cut.resolve("result.json")).doesNotExist();
      TrainingRun.resume(cut, tree -> tree, SILENT, () -> false);
      assertThat(Files.readAllBytes(cut.resolve("weights.safetensors")))
          .isEqualTo(Files.readAllBytes(whole.resolve("weights.safetensors")));
      assertThat(RunDirectory.open(cut).metrics())
          .hasSameSizeAs(RunDirectory.open(whole).metrics());
    }
  }

  @Test
  void isRefusedWithACurriculum() {
    assertThatExceptionOfType(InvalidConfig.class)
        .isThrownBy(
            () ->
                ConfigTree.of(config(2))
                    .with("train.curriculum", "class-expansion(stages=2)")
                    .toConfig("The test"))
        .withMessageContaining("leave one of the two out");
  }
}
