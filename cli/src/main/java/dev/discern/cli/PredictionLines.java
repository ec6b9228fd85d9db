package dev.discern.cli;

import dev.discern.predict.Prediction;
import dev.discern.predict.Prediction.ClassProbability;
import dev.discern.predict.PredictionSets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Predictions as lines of text or JSON.
 *
 * @param top the number of classes to show; null for all of a set, or else of several labels, or 3
 * @param several whether images have several labels
 * @param sets the prediction sets asked for
 * @param least the probability of the likeliest class below which the answer is "unsure"
 */
record PredictionLines(
    @Nullable Integer top, boolean several, Optional<PredictionSets> sets, Optional<Double> least) {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int SHOWN = 3;

  String text(Path image, Prediction prediction) {
    List<ClassProbability> shown =
        sets.map(each -> each.of(prediction)).orElseGet(() -> likeliest(prediction));
    return shown.stream()
        .map(
            c ->
                String.format(
                    Locale.ROOT, "%s %.1f %%", Console.printable(c.name()), 100 * c.probability()))
        .collect(
            Collectors.joining(
                "  ",
                Console.printable(image.toString()) + "\t" + (isSure(prediction) ? "" : "unsure  "),
                ""));
  }

  String json(Path image, Prediction prediction) {
    ObjectNode node = JSON.createObjectNode().put("path", image.toString());
    if (several) {
      node.set("labels", JSON.valueToTree(names(prediction.likely())));
    } else {
      ClassProbability first = prediction.classes().get(0);
      node.put("class", isSure(prediction) ? first.name() : null)
          .put("probability", first.probability());
    }
    least.ifPresent(asked -> node.put("unsure", !isSure(prediction)));
    sets.ifPresent(each -> node.set("set", JSON.valueToTree(names(each.of(prediction)))));
    node.set("classes", JSON.valueToTree(likeliest(prediction)));
    return node.toString();
  }

  private boolean isSure(Prediction prediction) {
    return least.isEmpty() || prediction.isSure(least.get());
  }

  private List<ClassProbability> likeliest(Prediction prediction) {
    List<ClassProbability> all = prediction.classes();
    int most = top != null ? top : several ? all.size() : SHOWN;
    return all.subList(0, Math.min(most, all.size()));
  }

  private static List<String> names(List<ClassProbability> classes) {
    return classes.stream().map(ClassProbability::name).toList();
  }
}
