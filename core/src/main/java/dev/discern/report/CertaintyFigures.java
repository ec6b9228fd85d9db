package dev.discern.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How certain a method's networks are, over the seeds: calibration, prediction sets, and accuracy
 * by the share of images answered.
 *
 * @param runs the node {@code certainty} of the last epoch of each finished run that is calibrated
 */
record CertaintyFigures(List<JsonNode> runs) {
  static CertaintyFigures of(Group group) {
    return new CertaintyFigures(
        group.finished().stream()
            .map(run -> run.result().at("/last/certainty"))
            .filter(JsonNode::isObject)
            .toList());
  }

  /** Adds {@code certainty}, unless no run is calibrated, as those of earlier versions are not. */
  void addTo(ObjectNode loss) {
    if (runs.isEmpty()) {
      return;
    }
    ObjectNode node = loss.putObject("certainty");
    node.put("temperature", mean(run -> run.path("temperature").asDouble()))
        .put("validationImages", runs.get(0).path("validationImages").asInt());
    for (String when : List.of("before", "after")) {
      ObjectNode figures = node.putObject(when);
      for (String figure : List.of("nll", "ece")) {
        figures.put(figure, mean(run -> run.path(when).path(figure).asDouble()));
      }
    }
    node.set("reliability", Reliability.pooled(runs.stream().map(r -> r.path("reliability"))));
    sets(node.putArray("sets"));
    answered(node.putArray("answered"));
  }

  private void sets(ArrayNode sets) {
    for (int c = 0; c < runs.get(0).path("sets").size(); c++) {
      String at = "/sets/" + c + "/";
      ObjectNode node = sets.addObject();
      node.set("coverage", runs.get(0).at(at + "coverage"));
      node.set("images", runs.get(0).at(at + "images"));
      band(node.putObject("share"), at + "share");
      band(node.putObject("meanSize"), at + "meanSize");
      shares(node.putArray("sizes"), at + "sizes");
    }
  }

  private void shares(ArrayNode sizes, String pointer) {
    int largest = runs.stream().mapToInt(run -> run.at(pointer).size()).max().orElse(0);
    double images =
        runs.stream()
            .flatMap(run -> run.at(pointer).valueStream())
            .mapToLong(JsonNode::asLong)
            .sum();
    for (int s = 0; s < largest; s++) {
      int size = s;
      sizes.add(
          runs.stream().mapToLong(run -> run.at(pointer).path(size).asLong(0)).sum() / images);
    }
  }

  // Runs of one comparison have the same test images, and therefore the same shares.
  private void answered(ArrayNode points) {
    for (int p = 0; p < runs.get(0).path("answered").size(); p++) {
      String at = "/answered/" + p + "/";
      ObjectNode point = points.addObject();
      point.set("share", runs.get(0).at(at + "share"));
      band(point.putObject("accuracy"), at + "accuracy");
      point.put("threshold", mean(run -> run.at(at + "threshold").asDouble()));
    }
  }

  private void band(ObjectNode node, String pointer) {
    double[] values =
        runs.stream().mapToDouble(run -> run.at(pointer).asDouble()).sorted().toArray();
    node.put("mean", mean(run -> run.at(pointer).asDouble()));
    node.put("low", values[0]).put("high", values[values.length - 1]);
  }

  private double mean(ToDoubleFunction<JsonNode> figure) {
    return runs.stream().mapToDouble(figure).average().orElseThrow();
  }
}
