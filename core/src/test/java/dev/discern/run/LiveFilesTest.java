package dev.discern.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.train.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a run tells those who follow it, with a clock of the test's own. */
class LiveFilesTest {
  @TempDir Path run;
  private long nanos;
  private LiveFiles live;

  @BeforeEach
  void begin() {
    // 100 images in batches of 16: the seventh step has only 4.
    live = new LiveFiles(run, List.of("a", "b"), 7, 100, 16, () -> nanos);
    live.begin(new Progress(2, 3, Progress.START.tally(), new Progress.Best(1, 0.5, 1, 0.5)));
  }

  @Test
  void theBeginIsWrittenAtOnce() throws IOException {
    JsonNode progress = json("progress.json");
    assertThat(progress.path("state").asString()).isEqualTo("training");
    assertThat(progress.path("epoch").asInt()).isEqualTo(3);
    assertThat(progress.path("step").asInt()).isEqualTo(3);
    assertThat(progress.path("stepsPerEpoch").asInt()).isEqualTo(7);
    assertThat(progress.has("loss")).isFalse();
    assertThat(Instant.parse(progress.path("time").asString())).isBefore(Instant.now());
  }

  @Test
  void stepsAreWrittenOnceASecond() throws IOException {
    step(0.9, 3, 4);
    assertThat(json("progress.json").path("step").asInt()).isEqualTo(3);
    step(0.1, 3, 5);
    assertThat(json("progress.json").path("step").asInt()).isEqualTo(5);
    step(0.9, 3, 6);
    assertThat(json("progress.json").path("step").asInt()).isEqualTo(5);
  }

  @Test
  void theRateIsOfTheStepsSinceTheLastWriting() throws IOException {
    step(0.9, 3, 1);
    step(0.5, 3, 2);
    assertThat(json("progress.json").path("imagesPerSecond").asDouble()).isEqualTo(16 / 0.5);
    step(0.5, 3, 6);
    step(0.5, 3, 7);
    assertThat(json("progress.json").path("imagesPerSecond").asDouble()).isEqualTo(4 * 16 + 4.0);
  }

  @Test
  void whatLiesBetweenEpochsIsNoTraining() throws IOException {
    step(0.1, 3, 6);
    step(60, 4, 1);
    assertThat(json("progress.json").has("imagesPerSecond")).isFalse();
    step(2, 4, 2);
    assertThat(json("progress.json").path("imagesPerSecond").asDouble()).isEqualTo(8);
  }

  @Test
  void theEndIsWrittenAtOnceWithItsReason() throws IOException {
    live.end("failed", "The loss became NaN.");
    JsonNode progress = json("progress.json");
    assertThat(progress.path("state").asString()).isEqualTo("failed");
    assertThat(progress.path("message").asString()).isEqualTo("The loss became NaN.");
  }

  @Test
  void theConfusionHoldsTheCellsThatAreNotEmpty() throws IOException {
    live.confusion(4, new long[][] {{5, 0}, {2, 9}});
    assertThat(json("confusion.json"))
        .isEqualTo(
            new JsonMapper()
                .readTree(
                    """
                    {"epoch":4,"classes":["a","b"],"cells":[[0,0,5],[1,0,2],[1,1,9]]}"""));
  }

  @Test
  void aRunThatNobodyCanFollowGoesOn() throws IOException {
    Files.createDirectories(run.resolve("confusion.json/in-the-way"));
    live.confusion(1, new long[][] {{1, 0}, {0, 1}});
    live.end("finished", "");
    assertThat(json("progress.json").path("state").asString()).isEqualTo("finished");
  }

  private void step(double seconds, int epoch, int step) {
    nanos += Math.round(seconds * TimeUnit.SECONDS.toNanos(1));
    live.step(epoch, step, 1.5);
  }

  private JsonNode json(String name) throws IOException {
    return new JsonMapper().readTree(Files.readString(run.resolve(name)));
  }
}
