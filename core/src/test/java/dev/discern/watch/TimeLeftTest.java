package dev.discern.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.config.ConfigTree;
import dev.discern.config.RunConfig;
import dev.discern.run.Defaults;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/** Times left, of runs of ten epochs in batches of 64. */
class TimeLeftTest {
  private static final RunConfig CONFIG =
      ConfigTree.of(Defaults.of("digits")).with("train.epochs", 10).toConfig("a test");

  @Test
  void nothingIsToldBeforeTheFirstStep() {
    assertThat(left(NullNode.getInstance())).isEmpty();
    assertThat(left(json("{\"epoch\":1,\"step\":0,\"stepsPerEpoch\":20}"))).isEmpty();
  }

  @Test
  void theFirstEpochGoesByTheRateOfItsSteps() {
    JsonNode progress =
        json("{\"epoch\":1,\"step\":5,\"stepsPerEpoch\":20,\"imagesPerSecond\":640}");
    // 20 steps of 64 images at 640 a second are 2 s an epoch; 9.75 epochs are left.
    assertThat(left(progress)).hasValue(19.5);
  }

  @Test
  void laterOnesGoByTheLastFiveEpochs() {
    JsonNode progress = json("{\"epoch\":8,\"step\":10,\"stepsPerEpoch\":20}");
    assertThat(left(progress, 90, 90, 2, 3, 4, 5, 6)).hasValue(2.5 * 4);
  }

  @Test
  void aProgressOfTheEpochBeforeCountsNoSteps() {
    JsonNode progress = json("{\"epoch\":2,\"step\":19,\"stepsPerEpoch\":20}");
    assertThat(left(progress, 3, 3)).hasValue(8 * 3.0);
  }

  @Test
  void afterTheLastEpochNothingIsLeft() {
    assertThat(left(NullNode.getInstance(), 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)).hasValue(0);
  }

  private static OptionalDouble left(JsonNode progress, int... epochSeconds) {
    List<JsonNode> lines =
        IntStream.of(epochSeconds).mapToObj(s -> json("{\"seconds\":" + s + "}")).toList();
    return TimeLeft.seconds(CONFIG, lines, progress);
  }

  private static JsonNode json(String text) {
    return new JsonMapper().readTree(text);
  }
}
