package dev.discern.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A training step whose parameters and gradients are views of two flat buffers, against one with a
 * tensor for each, as Discern trains. The flat buffers make the optimizer three operations instead
 * of three per parameter, but the backward pass then adds to gradients that must be zeroed first,
 * where it otherwise hands over those that it computes.
 *
 * <p>Arguments: model:batch:side, separated by commas; rounds; seconds per measurement; precision.
 */
final class FlatParameters {
  private FlatParameters() {}

  /**
   * Measures.
   *
   * @param arguments models (resnet20:128:28,mobilenetv3_small_100:32:224,resnet18:32:224), rounds
   *     (5), seconds (4), precision (bf16)
   */
  public static void main(String[] arguments) {
    List<String> given =
        new ArrayList<>(
            List.of(
                "resnet20:128:28,mobilenetv3_small_100:32:224,resnet18:32:224", "5", "4", "bf16"));
    for (int i = 0; i < arguments.length; i++) {
      given.set(i, arguments[i]);
    }
    for (String each : given.get(0).split(",", -1)) {
      String[] parts = each.split(":", -1);
      measure(
          parts[0],
          given.get(3),
          Integer.parseInt(parts[1]),
          Integer.parseInt(parts[2]),
          Integer.parseInt(given.get(1)),
          Double.parseDouble(given.get(2)));
    }
  }

  private static void measure(
      String model, String precision, int batch, int side, int rounds, double seconds) {
    List<Double> ratios = new ArrayList<>();
    try (SpeedSubject apart = new SpeedSubject(model, precision, batch, side, System::nanoTime);
        SpeedSubject flat = new SpeedSubject(model, precision, batch, side, System::nanoTime)) {
      flat.flatten();
      for (int round = 1; round <= rounds; round++) {
        boolean first = round % 2 == 1;
        double one = (first ? apart : flat).trainingRate(seconds);
        double other = (first ? flat : apart).trainingRate(seconds);
        double ratio = first ? other / one : one / other;
        ratios.add(ratio);
        System.out.printf(
            Locale.ROOT,
            "%s round %d  apart %.1f images/s  flat %.1f  ratio %.3f%n",
            model,
            round,
            first ? one : other,
            first ? other : one,
            ratio);
      }
    }
    System.out.printf(
        Locale.ROOT, "%s  median ratio %.3f (n = %d)%n", model, Rounds.median(ratios), rounds);
  }
}
