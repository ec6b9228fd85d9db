package dev.discern.report;

import dev.discern.stats.Interval;
import dev.discern.stats.Summary;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Builds the JSON parts of results and pages. */
final class Json {
  static final JsonMapper MAPPER = JsonMapper.shared();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /** The mean, standard deviation, interval and values. */
  static ObjectNode summary(double[] values) {
    Summary summary = Summary.of(values);
    ObjectNode node = object();
    node.put("mean", summary.mean());
    put(node, "sd", summary.sd());
    put(node, "low", "high", summary.interval());
    node.put("n", summary.n());
    node.set("values", MAPPER.valueToTree(values));
    return node;
  }

  /** Adds the bounds of an interval, or nulls if there is none. */
  static void put(ObjectNode node, String low, String high, @Nullable Interval interval) {
    put(node, low, interval == null ? null : (Double) interval.low());
    put(node, high, interval == null ? null : (Double) interval.high());
  }

  /** Adds a number, or null if it is missing or not finite. */
  static void put(ObjectNode node, String name, @Nullable Double value) {
    if (value == null || !Double.isFinite(value)) {
      node.putNull(name);
    } else {
      node.put(name, value);
    }
  }
}
