package dev.discern.metric;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Made-up predictions for the tests of this package. */
record Samples(float[] probabilities, int[] labels, int classes) {

  /** Random distributions in steps of 1/16, so that ties are common, with random labels. */
  static Samples random(long seed, int images, int classes) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] probabilities = new float[images * classes];
    for (int i = 0; i < images; i++) {
      for (int share = 0; share < 16; share++) {
        // The square of a uniform number favours low classes, which makes some images confident.
        double u = random.nextDouble();
        probabilities[i * classes + (int) (u * u * classes)] += 1 / 16f;
      }
    }
    int[] labels = random.ints(images, 0, classes).toArray();
    return new Samples(probabilities, labels, classes);
  }

  /** All of the probability on one class per image. */
  static Samples certain(int[] predicted, int[] labels, int classes) {
    float[] probabilities = new float[labels.length * classes];
    for (int i = 0; i < labels.length; i++) {
      probabilities[i * classes + predicted[i]] = 1;
    }
    return new Samples(probabilities, labels, classes);
  }

  /** The images at the given positions, in that order. */
  Samples at(List<Integer> positions) {
    float[] chosen = new float[positions.size() * classes];
    for (int i = 0; i < positions.size(); i++) {
      System.arraycopy(probabilities, positions.get(i) * classes, chosen, i * classes, classes);
    }
    int[] theirs = positions.stream().mapToInt(position -> labels[position]).toArray();
    return new Samples(chosen, theirs, classes);
  }

  List<Outcome> outcomes() {
    return Outcome.of(probabilities, labels, classes);
  }

  /** Metrics of these samples alone; the loss of an image is a number made from its label. */
  ClassificationMetrics metrics() {
    ClassificationMetrics metrics = new ClassificationMetrics(classes);
    metrics.add(probabilities, labels);
    metrics.addLoss(Arrays.stream(labels).mapToDouble(y -> 0.1 + y).sum(), labels.length);
    return metrics;
  }
}
