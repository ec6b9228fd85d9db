package dev.discern.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.run.Predictions.Row;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class TestOutcomesTest {
  private static final List<String> NAMES = List.of("cat", "dog", "fox");

  private static ObjectNode of(RunRecord... runs) {
    ObjectNode node = Json.object();
    for (RunRecord run : runs) {
      ((ObjectNode) run.result()).putObject("test").putArray("reliability");
    }
    new TestOutcomes(new Group("ce", List.of(runs)), NAMES).addTo(node);
    return node;
  }

  // Two seeds, four images: both take image 0 for a dog, the second also image 3 for a cat.
  private static final Row[] FIRST = {
    MadeRuns.row(0, 1), MadeRuns.row(1, 1), MadeRuns.row(2, 2), MadeRuns.row(2, 2)
  };
  private static final Row[] SECOND = {
    MadeRuns.row(0, 1), MadeRuns.row(1, 1), MadeRuns.row(2, 2), MadeRuns.row(2, 0)
  };

  private final ObjectNode outcomes =
      of(MadeRuns.finished("ce", 0, FIRST), MadeRuns.finished("ce", 1, SECOND));

  @Test
  void confusionIsPooledOverTheSeedsAndSupportIsOfOne() {
    assertThat(outcomes.get("confusion").toString()).isEqualTo("[[0,2,0],[0,2,0],[1,0,3]]");
    JsonNode fox = outcomes.get("perClass").get(2);
    assertThat(fox.get("name").asString()).isEqualTo("fox");
    assertThat(fox.get("support").asInt()).isEqualTo(2);
    assertThat(fox.get("recall").asDouble()).isCloseTo(0.75, within(1e-12));
  }

  @Test
  void examplesAreTheImagesThatMostSeedsConfuseSo() {
    JsonNode examples = outcomes.get("examples");
    assertThat(examples.size()).isEqualTo(2);
    assertThat(examples.toString())
        .contains("{\"label\":0,\"predicted\":1,\"images\":[0]}")
        .contains("{\"label\":2,\"predicted\":0,\"images\":[3]}");
  }

  @Test
  void theWorstImageIsTheOneWithTheLowestMeanLogProbability() {
    JsonNode worst = outcomes.get("worst");
    assertThat(worst.size()).as("only images some seed gets wrong").isEqualTo(2);
    assertThat(worst.get(0).get("image").asInt()).isEqualTo(0);
    assertThat(worst.get(0).get("predicted").asInt()).isEqualTo(1);
    assertThat(worst.get(0).get("trueProbability").asDouble()).isCloseTo(0.1, within(1e-6));
    // One seed .8, one .1: their geometric mean.
    assertThat(worst.get(1).get("trueProbability").asDouble())
        .isCloseTo(Math.sqrt(0.08), within(1e-6));
  }

  @Test
  void histogramsHoldSharesOfAllImages() {
    JsonNode histogram = outcomes.get("histogramTrue");
    // 3 of 8 at p = .1, 5 of 8 at p = .8.
    assertThat(histogram.get(2).asDouble() + histogram.get(1).asDouble())
        .isCloseTo(3 / 8.0, within(1e-12));
    assertThat(histogram.get(16).asDouble() + histogram.get(15).asDouble())
        .isCloseTo(5 / 8.0, within(1e-12));
  }
}
