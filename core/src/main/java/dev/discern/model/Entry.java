package dev.discern.model;

import dev.discern.config.Check;
import dev.discern.config.MethodSpec;
import dev.discern.config.MethodSpec.Known;
import dev.discern.config.MethodSpec.Parameter;
import dev.discern.layer.Architecture;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Builds the catalog's entries. */
final class Entry {
  private static final String PHOTOGRAPHS =
      "For photographs. Reads the weights of the same name that others have trained.";
  private static final String RATE = "a number in [0, 1)";

  private Entry() {}

  /** Builds a network for photographs from its rates of dropout. */
  @FunctionalInterface
  interface Photo {
    /**
     * Builds the layers.
     *
     * @param channels of the images
     * @param drop the rate of dropout before the head
     * @param dropPath the last block's rate of stochastic depth
     */
    Architecture build(int channels, double drop, double dropPath);
  }

  /**
   * A network for photographs with residual blocks.
   *
   * @param name as in timm
   * @param summary one line
   * @param paper the source
   * @param structure its layers in brief
   * @param photo builds it
   */
  static MethodSpec<ModelFactory> photo(
      String name, String summary, String paper, String structure, Photo photo) {
    return entry(
        name,
        summary,
        PHOTOGRAPHS,
        paper,
        structure,
        List.of(drop(), new Parameter("dropPath", "p", 0, null, RATE)),
        values -> {
          double drop = rate(values, name, "drop");
          double dropPath = rate(values, name, "dropPath");
          return channels -> photo.build(channels, drop, dropPath);
        });
  }

  /** Builds a network for photographs that has no residual branches to drop. */
  @FunctionalInterface
  interface PlainPhoto {
    /**
     * Builds the layers.
     *
     * @param channels of the images
     * @param drop the rate of dropout before the head
     */
    Architecture build(int channels, double drop);
  }

  /** A network for photographs without residual blocks; as {@link #photo} otherwise. */
  static MethodSpec<ModelFactory> plainPhoto(
      String name, String summary, String paper, String structure, PlainPhoto photo) {
    return entry(
        name,
        summary,
        PHOTOGRAPHS,
        paper,
        structure,
        List.of(drop()),
        values -> {
          double drop = rate(values, name, "drop");
          return channels -> photo.build(channels, drop);
        });
  }

  /** Any network; {@code use} says what for. */
  static MethodSpec<ModelFactory> entry(
      String name,
      String summary,
      String use,
      String paper,
      String structure,
      List<Parameter> parameters,
      Function<Map<String, Double>, ModelFactory> factory) {
    return new MethodSpec<>(name, summary, use, paper, structure, Known.EXACT, parameters, factory);
  }

  static Parameter drop() {
    return new Parameter("drop", "p", 0, null, RATE);
  }

  /** A parameter that is a whole number. */
  static Parameter whole(String name, String symbol, double value, String rule) {
    return new Parameter(name, symbol, value, value, rule);
  }

  static double rate(Map<String, Double> values, String model, String name) {
    double rate = MethodSpec.value(values, name);
    Check.that(rate >= 0 && rate < 1, model + "'s " + name, rate, "must lie in [0, 1)");
    return rate;
  }

  /** The value of a parameter, which must be a whole number in a range. */
  static int whole(Map<String, Double> values, String model, String name, int from, int to) {
    double value = MethodSpec.value(values, name);
    Check.that(
        value == Math.rint(value) && value >= from && value <= to,
        model + "'s " + name,
        value,
        "must be a whole number from " + from + " to " + to);
    return (int) value;
  }
}
