package dev.discern.metric;

import org.jspecify.annotations.Nullable;

/**
 * Precision, recall and F1 of one class.
 *
 * @param index the class
 * @param support images of the class
 * @param predicted images predicted as the class
 * @param precision the share of these predictions that are right; null if there are none
 * @param recall the share of its images that are predicted as the class; null if it has none
 * @param f1 {@code 2·right / (support + predicted)}; null if both are 0
 */
public record ClassFigures(
    int index,
    long support,
    long predicted,
    @Nullable Double precision,
    @Nullable Double recall,
    @Nullable Double f1) {

  static ClassFigures of(int index, long right, long predicted, long support) {
    return new ClassFigures(
        index,
        support,
        predicted,
        share(right, predicted),
        share(right, support),
        share(2 * right, predicted + support));
  }

  private static @Nullable Double share(long part, long whole) {
    return whole == 0 ? null : (double) part / whole;
  }
}
