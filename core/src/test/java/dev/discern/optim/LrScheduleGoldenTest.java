package dev.discern.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.optim.LrSchedule.Constant;
import dev.discern.optim.LrSchedule.Cosine;
import dev.discern.optim.LrSchedule.MultiStep;
import dev.discern.optim.LrSchedule.OneCycle;
import dev.discern.optim.LrSchedule.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against PyTorch's schedulers: tools/golden/schedules.py. */
class LrScheduleGoldenTest {
  private record Golden(
      String madeBy,
      JsonNode shape,
      double peak,
      long totalSteps,
      long warmupSteps,
      List<Double> rates) {}

  private static Golden read(String name) throws IOException {
    String path = "/golden/schedules/" + name + ".json";
    try (InputStream file = LrScheduleGoldenTest.class.getResourceAsStream(path)) {
      return new JsonMapper().readValue(Objects.requireNonNull(file, path), Golden.class);
    }
  }

  private static Shape shape(JsonNode node) {
    String name = node.path("name").asString();
    return switch (name) {
      case "constant" -> new Constant();
      case "cosine" -> new Cosine();
      case "multi-step" ->
          new MultiStep(
              node.path("milestones").valueStream().map(JsonNode::asLong).toList(),
              node.path("gamma").asDouble());
      case "one-cycle" -> new OneCycle(node.path("rise").asDouble());
      default -> throw new IllegalArgumentException(name);
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "constant-warm-up",
        "cosine",
        "cosine-warm-up",
        "multi-step",
        "one-cycle-37",
        "one-cycle-40"
      })
  void agreesWithPyTorch(String name) throws IOException {
    Golden golden = read(name);
    LrSchedule schedule =
        new LrSchedule(
            golden.peak(),
            golden.totalSteps(),
            golden.warmupSteps(),
            shape(golden.shape()),
            List.of());

    assertThat(golden.rates()).hasSize(Math.toIntExact(golden.totalSteps()));
    for (int step = 0; step < golden.totalSteps(); step++) {
      assertThat(schedule.rate(step))
          .as("step %d", step)
          .isCloseTo(golden.rates().get(step), within(1e-14));
    }
  }
}
