package dev.discern.metric;

import org.jspecify.annotations.Nullable;

/**
 * How well one class is told.
 *
 * @param index the class
 * @param support images of it
 * @param predicted images taken for it
 * @param precision share of those taken for it that are; null where none is
 * @param recall share of its images found; null where it has none
 * @param f1 {@code 2·right / (support + predicted)}; null where both are 0
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
