package dev.discern.certainty;

import java.util.stream.IntStream;

/**
 * What is known about a network's certainty, from images that it was not trained on. Part of a
 * model card; a method with several labels per image has none.
 *
 * @param temperature the network's temperature
 * @param conformity the conformity scores of these images at that temperature
 */
public record Calibration(Temperature temperature, Conformity conformity) {
  /**
   * Fits the temperature, then computes the scores of the same images.
   *
   * @param outputs the network's outputs for images that it was not trained on
   * @return the calibration
   */
  public static Calibration fit(Outputs outputs) {
    Temperature temperature = Temperature.fit(outputs);
    double[] scores =
        IntStream.range(0, outputs.images())
            .mapToDouble(
                i ->
                    AdaptiveSet.score(
                        temperature.probabilities(outputs.logProbabilities(), i, outputs.classes()),
                        outputs.labels()[i]))
            .toArray();
    return new Calibration(temperature, Conformity.of(scores));
  }
}
