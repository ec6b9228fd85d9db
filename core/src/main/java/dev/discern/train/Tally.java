package dev.discern.train;

import dev.discern.config.Internal;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sums over the steps of one epoch.
 *
 * @param loss summed per-sample loss
 * @param weight summed sample weights
 * @param correct images whose likeliest class is theirs, or one of theirs
 * @param images images seen
 * @param terms the methods' own logged values, by name
 */
@Internal
public record Tally(
    double loss, double weight, long correct, long images, Map<String, Term> terms) {
  /** No step yet. */
  static final Tally EMPTY = new Tally(0, 0, 0, 0, Map.of());

  /**
   * A logged value.
   *
   * @param sum over the steps that had it
   * @param steps the number of those steps; a batch without pairs, for example, has no mean
   *     distance
   */
  public record Term(double sum, long steps) {
    Term plus(Term other) {
      return new Term(sum + other.sum, steps + other.steps);
    }
  }

  static Map<String, Term> ofStep(Map<String, Double> values) {
    Map<String, Term> terms = new TreeMap<>();
    values.forEach((name, value) -> terms.put(name, new Term(value, 1)));
    return terms;
  }

  Tally plus(Tally step) {
    Map<String, Term> summed = new TreeMap<>(terms);
    step.terms.forEach((name, term) -> summed.merge(name, term, Term::plus));
    return new Tally(
        loss + step.loss,
        weight + step.weight,
        correct + step.correct,
        images + step.images,
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
    terms.forEach((name, term) -> means.put(name, term.sum() / term.steps()));
    return means;
  }

  void addTo(Map<String, String> metadata) {
    metadata.put("tally.loss", Double.toString(loss));
    metadata.put("tally.weight", Double.toString(weight));
    metadata.put("tally.correct", Long.toString(correct));
    metadata.put("tally.images", Long.toString(images));
    terms.forEach(
        (name, term) -> {
          metadata.put("term." + name, Double.toString(term.sum()));
          metadata.put("termSteps." + name, Long.toString(term.steps()));
        });
  }

  static Tally of(Map<String, String> metadata) {
    Map<String, Term> terms = new TreeMap<>();
    metadata.forEach(
        (key, value) -> {
          if (key.startsWith("term.")) {
            String name = key.substring("term.".length());
            String steps = metadata.getOrDefault("termSteps." + name, "");
            terms.put(name, new Term(Double.parseDouble(value), Long.parseLong(steps)));
          }
        });
    return new Tally(
        Double.parseDouble(metadata.getOrDefault("tally.loss", "")),
        Double.parseDouble(metadata.getOrDefault("tally.weight", "")),
        Long.parseLong(metadata.getOrDefault("tally.correct", "")),
        Long.parseLong(metadata.getOrDefault("tally.images", "")),
        terms);
  }
}
