package dev.discern.explain;

import dev.discern.data.ImageSet;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Explanations as JSON, for files and pages. */
public final class ExplanationJson {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int GUESSES = 5;

  private ExplanationJson() {}

  /**
   * Writes an explanation.
   *
   * @param explanation of one image
   * @param classNames by index
   * @return the likeliest classes as {@code guesses}; {@code reasons}, each a heat map whose values
   *     are shares of its largest, in thousandths; and no {@code neighbors} yet
   */
  public static ObjectNode of(Explanation explanation, List<String> classNames) {
    ObjectNode node = JSON.createObjectNode();
    ArrayNode guesses = node.putArray("guesses");
    explanation.guesses().stream()
        .limit(GUESSES)
        .forEach(
            guess ->
                guesses
                    .addObject()
                    .put("label", guess.label())
                    .put("class", classNames.get(guess.label()))
                    .put("probability", guess.probability()));
    ArrayNode reasons = node.putArray("reasons");
    for (Explanation.Reason reason : explanation.reasons()) {
      ObjectNode each = reasons.addObject().put("label", reason.label());
      each.put("class", classNames.get(reason.label()));
      each.put("probability", explanation.probability(reason.label()));
      addMap(each, reason.map());
    }
    node.putArray("neighbors");
    return node;
  }

  private static void addMap(ObjectNode node, HeatMap map) {
    node.put("height", map.height()).put("width", map.width());
    ArrayNode values = node.putArray("values");
    for (float share : map.shares()) {
      values.add(Math.round(1000 * share));
    }
  }

  /**
   * Adds the nearest training images to an explanation.
   *
   * @param node receives {@code neighbors}
   * @param neighbors the nearest first
   * @param training the training images
   */
  public static void addNeighbors(ObjectNode node, List<Neighbor> neighbors, ImageSet training) {
    ArrayNode all = node.putArray("neighbors");
    for (Neighbor neighbor : neighbors) {
      int label = training.label(neighbor.image());
      all.addObject()
          .put("image", neighbor.image())
          .put("path", training.describe(neighbor.image()))
          .put("label", label)
          .put("class", training.classNames().get(label))
          .put("similarity", neighbor.similarity());
    }
  }
}
