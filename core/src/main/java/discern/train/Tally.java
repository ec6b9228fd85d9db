package discern.train;

import java.util.Map;
import java.util.TreeMap;

/**
 * Sums over the steps of one epoch.
 *
 * @param loss summed per-sample loss
 * @param weight summed sample weights
 * @param correct images classified rightly
 * @param images images seen
 * @param steps steps made
 * @param terms summed batch terms by name
 */
public record Tally(
    double loss, double weight, long correct, long images, long steps, Map<String, Double> terms) {
  /** No step yet. */
  static final Tally EMPTY = new Tally(0, 0, 0, 0, 0, Map.of());

  Tally plus(Tally step) {
    Map<String, Double> summed = new TreeMap<>(terms);
    step.terms.forEach((name, value) -> summed.merge(name, value, Double::sum));
    return new Tally(
        loss + step.loss,
        weight + step.weight,
        correct + step.correct,
        images + step.images,
        steps + step.steps,
        summed);
  }

  double meanLoss() {
    return loss / weight;
  }

  double top1() {
    return (double) correct / images;
  }

  Map<String, Double> meanTerms() {
    Map<String, Double> means = new TreeMap<>();
    terms.forEach((name, sum) -> means.put(name, sum / steps));
    return means;
  }

  void addTo(Map<String, String> metadata) {
    metadata.put("tally.loss", Double.toString(loss));
    metadata.put("tally.weight", Double.toString(weight));
    metadata.put("tally.correct", Long.toString(correct));
    metadata.put("tally.images", Long.toString(images));
    metadata.put("tally.steps", Long.toString(steps));
    terms.forEach((name, sum) -> metadata.put("term." + name, Double.toString(sum)));
  }

  static Tally of(Map<String, String> metadata) {
    Map<String, Double> terms = new TreeMap<>();
    metadata.forEach(
        (key, value) -> {
          if (key.startsWith("term.")) {
            terms.put(key.substring("term.".length()), Double.parseDouble(value));
          }
        });
    return new Tally(
        Double.parseDouble(metadata.getOrDefault("tally.loss", "")),
        Double.parseDouble(metadata.getOrDefault("tally.weight", "")),
        Long.parseLong(metadata.getOrDefault("tally.correct", "")),
        Long.parseLong(metadata.getOrDefault("tally.images", "")),
        Long.parseLong(metadata.getOrDefault("tally.steps", "")),
        terms);
  }
}
