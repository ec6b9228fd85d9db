package dev.discern.onnx;

import dev.discern.card.ModelCard;
import dev.discern.config.WorkFailed;
import dev.discern.image.Encoded;
import dev.discern.image.Pixels;
import dev.discern.predict.Answers;
import dev.discern.train.Network;
import dev.discern.view.View;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * How far an ONNX file's probabilities are from those of the network that it was written from.
 *
 * @param images the number of images compared
 * @param network the largest difference for images that already have the network's size
 * @param path the largest difference for the images as they were, so that each scaled them itself
 */
public record Verification(int images, double network, double path) {
  /** The largest difference of probabilities by the network alone. */
  public static final double BOUND = 1e-4;

  /** The same for weights of 16 bits. */
  public static final double HALF_BOUND = 0.02;

  /**
   * The largest difference with scaling: two scalers may differ by one gray level of 255 in some
   * pixels.
   */
  public static final double PATH_BOUND = 0.02;

  private static final int BATCH = 8;

  /**
   * Compares.
   *
   * @param file an ONNX file
   * @param original the network
   * @param card its model card
   * @param raw at least one image of any size, with the network's channels
   * @return the differences
   */
  static Verification of(Path file, Network original, ModelCard card, List<Pixels> raw) {
    View view = card.preprocessing().view();
    Answers answers = new Answers(original, card);
    double network = 0;
    double path = 0;
    try (OnnxSession session = OnnxSession.open(file)) {
      for (int from = 0; from < raw.size(); from += BATCH) {
        List<Pixels> batch = raw.subList(from, Math.min(raw.size(), from + BATCH));
        List<Pixels> inputs =
            batch.stream()
                .map(image -> view.apply(Encoded.of(image), new SplittableRandom(0)))
                .toList();
        List<double[]> expected = answers.of(inputs.stream().map(Pixels::data).toList());
        network = Math.max(network, largest(expected, session.probabilities(inputs)));
        List<float[]> whole = new ArrayList<>();
        batch.forEach(image -> whole.add(session.probabilities(List.of(image))[0]));
        path = Math.max(path, largest(expected, whole.toArray(float[][]::new)));
      }
    }
    return new Verification(raw.size(), network, path);
  }

  private static double largest(List<double[]> expected, float[][] actual) {
    double largest = 0;
    for (int i = 0; i < actual.length; i++) {
      for (int k = 0; k < actual[i].length; k++) {
        double difference = Math.abs(expected.get(i)[k] - actual[i][k]);
        // Not a number is no agreement.
        largest = difference <= largest ? largest : difference;
        if (Double.isNaN(difference)) {
          return Double.POSITIVE_INFINITY;
        }
      }
    }
    return largest;
  }

  /**
   * Refuses differences above the bounds.
   *
   * @param half whether weights have 16 bits
   * @throws WorkFailed if a difference is larger
   */
  void requireAgreement(boolean half) {
    double bound = half ? HALF_BOUND : BOUND;
    require("probabilities", network, bound);
    require("probabilities of scaled images", path, bound + PATH_BOUND);
  }

  private static void require(String what, double difference, double bound) {
    if (!(difference <= bound)) {
      throw new WorkFailed(
          String.format(
              Locale.ROOT,
              "The exported file is not kept, because its %s differ from the network's by %.2g, more"
                  + " than %.2g: please report it, with the run's architecture and method.",
              what,
              difference,
              bound));
    }
  }
}
