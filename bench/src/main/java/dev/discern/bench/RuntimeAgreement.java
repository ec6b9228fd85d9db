package dev.discern.bench;

import dev.discern.predict.Classification;
import dev.discern.predict.Classification.Done;
import dev.discern.runtime.Classifier;
import dev.discern.runtime.Image;
import dev.discern.runtime.Prediction;
import dev.discern.runtime.Prediction.ClassProbability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Compares the predictions of an exported file in {@code discern-runtime} with those of its run in
 * {@code predict}. Targets: the same class on at least 99.5 % of the images, and a mean absolute
 * difference of the probabilities of at most 0.01.
 *
 * <p>Arguments: run, exported file, folder of images.
 */
public final class RuntimeAgreement {
  private static final double SAME_CLASS = 0.995;
  private static final double MEAN_DIFFERENCE = 0.01;

  private RuntimeAgreement() {}

  /** What was counted. */
  private static final class Tally {
    private int images;
    private int same;
    private long numbers;
    private double difference;
    private double largest;

    void add(Prediction exported, dev.discern.predict.Prediction run) {
      images++;
      same += exported.className().equals(run.classes().get(0).name()) ? 1 : 0;
      Map<String, Double> expected = new HashMap<>();
      run.classes().forEach(each -> expected.put(each.name(), each.probability()));
      for (ClassProbability each : exported.ranking()) {
        double apart =
            Math.abs(each.probability() - expected.getOrDefault(each.name(), Double.NaN));
        numbers++;
        difference += apart;
        largest = Math.max(largest, apart);
      }
    }
  }

  /**
   * Runs the comparison and prints the results.
   *
   * @param arguments run, exported file, folder
   * @throws IOException if the folder cannot be listed
   */
  public static void main(String[] arguments) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(Path.of(arguments[2]))) {
      files =
          all.filter(
                  file ->
                      file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(jpe?g|png|webp|bmp)"))
              .sorted()
              .toList();
    }
    Tally tally = new Tally();
    try (Classifier exported = Classifier.open(Path.of(arguments[1]));
        var run = dev.discern.predict.Classifier.open(Path.of(arguments[0]))) {
      for (Classification each : run.classify(files)) {
        if (each instanceof Done done) {
          tally.add(exported.classify(Image.of(done.path())), done.prediction());
        }
      }
    }
    double same = (double) tally.same / tally.images;
    double mean = tally.difference / tally.numbers;
    System.out.printf(
        Locale.ROOT,
        "%d images, the same class on %.2f %% (target %.1f %%), mean difference of probabilities"
            + " %.5f (target %.2f), largest %.4f%n",
        tally.images,
        100 * same,
        100 * SAME_CLASS,
        mean,
        MEAN_DIFFERENCE,
        tally.largest);
    if (!(same >= SAME_CLASS && mean <= MEAN_DIFFERENCE)) {
      System.exit(1);
    }
  }
}
