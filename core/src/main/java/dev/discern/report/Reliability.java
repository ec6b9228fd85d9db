package dev.discern.report;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The bins of reliability diagrams. */
final class Reliability {
  private Reliability() {}

  /**
   * Pools the bins of several runs, which all have the same edges; the means are weighted by the
   * number of images.
   *
   * @param runs at least one list of bins
   */
  static ArrayNode pooled(Stream<JsonNode> runs) {
    List<JsonNode> bins = runs.toList();
    ArrayNode pooled = Json.array();
    for (int b = 0; b < bins.get(0).size(); b++) {
      int bin = b;
      List<JsonNode> same = bins.stream().map(run -> run.path(bin)).toList();
      long images = same.stream().mapToLong(node -> node.path("images").asLong()).sum();
      ObjectNode node = pooled.addObject();
      node.set("lower", same.get(0).path("lower"));
      node.set("upper", same.get(0).path("upper"));
      node.put("images", images);
      for (String mean : List.of("confidence", "accuracy")) {
        double sum =
            same.stream()
                .mapToDouble(n -> n.path(mean).asDouble(0) * n.path("images").asLong())
                .sum();
        Json.put(node, mean, images == 0 ? null : sum / images);
      }
    }
    return pooled;
  }
}
