package dev.discern.card;

import dev.discern.certainty.Calibration;
import dev.discern.certainty.Conformity;
import dev.discern.certainty.Conformity.Step;
import dev.discern.certainty.Temperature;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The written form of a {@link Calibration}: {@code temperature}, and the distribution of the
 * conformity scores as {@code scores} and {@code images}, the number of images with at most each
 * score.
 */
final class CalibrationFormat {
  private CalibrationFormat() {}

  static void write(Calibration calibration, ObjectNode node) {
    node.put("temperature", calibration.temperature().value());
    ArrayNode scores = node.putArray("scores");
    ArrayNode images = node.putArray("images");
    for (Step step : calibration.conformity().steps()) {
      scores.add(step.score());
      images.add(step.images());
    }
  }

  static Calibration read(JsonNode node) {
    JsonNode scores = node.path("scores");
    JsonNode images = node.path("images");
    boolean whole = scores.isArray() && images.isArray() && scores.size() == images.size();
    require(whole && !scores.isEmpty() && node.path("temperature").isNumber());
    List<Step> steps = new ArrayList<>();
    for (int s = 0; s < scores.size(); s++) {
      require(scores.path(s).isNumber() && images.path(s).isInt());
      steps.add(new Step(scores.path(s).doubleValue(), images.path(s).intValue()));
    }
    return new Calibration(
        new Temperature(node.path("temperature").doubleValue()),
        new Conformity(steps.get(steps.size() - 1).images(), steps));
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("the calibration is not a temperature and scores");
    }
  }
}
