package dev.discern.bench;

import dev.discern.certainty.Conformity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Checks the coverage of prediction sets on a run's test images: splits them at random into two
 * halves, calibrates on one and counts on the other. The temperature stays the run's own, which was
 * fitted on its validation images.
 *
 * <p>The interval is the one that holds 99 % of the binomial distribution of the counted images.
 * The calibrating half varies too, so single splits leave it more often than once in a hundred; the
 * mean of the splits is what is judged. A set has at least one class, so where the network is right
 * more often than is asked for, its accuracy is the coverage.
 *
 * <p>Arguments: a run that has {@code certainty.csv}, splits (20).
 */
public final class Coverage {
  private Coverage() {}

  /**
   * Prints a line for each coverage.
   *
   * @param arguments run, splits
   * @throws IOException if the run has no such file
   */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]).resolve("certainty.csv");
    int splits = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
    List<Double> scores = scores(file);
    int calibrating = scores.size() / 2;
    double accuracy = scores.stream().filter(score -> score == 0).count() / (double) scores.size();
    System.out.printf(
        Locale.ROOT,
        "%s: %d test images, accuracy %.4f, %d splits into %d to calibrate and %d to count%n",
        arguments[0],
        scores.size(),
        accuracy,
        splits,
        calibrating,
        scores.size() - calibrating);
    for (double coverage : new double[] {0.9, 0.95}) {
      print(coverage, accuracy, shares(scores, calibrating, splits, coverage), scores.size());
    }
  }

  private static List<Double> scores(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    int column = List.of(lines.get(0).split(",")).indexOf("score");
    return new ArrayList<>(
        lines.stream().skip(1).map(line -> Double.valueOf(line.split(",")[column])).toList());
  }

  private static double[] shares(
      List<Double> scores, int calibrating, int splits, double coverage) {
    double[] shares = new double[splits];
    for (int s = 0; s < splits; s++) {
      Collections.shuffle(scores, new Random(s));
      double[] seen =
          scores.subList(0, calibrating).stream().mapToDouble(Double::doubleValue).toArray();
      double threshold = Conformity.of(seen).threshold(coverage);
      List<Double> counted = scores.subList(calibrating, scores.size());
      shares[s] =
          counted.stream().filter(score -> score <= threshold).count() / (double) counted.size();
    }
    return shares;
  }

  private static void print(double coverage, double accuracy, double[] shares, int images) {
    int counted = images - images / 2;
    BinomialDistribution binomial = BinomialDistribution.of(counted, coverage);
    double low = binomial.inverseCumulativeProbability(0.005) / (double) counted;
    double high = binomial.inverseCumulativeProbability(0.995) / (double) counted;
    double mean = Arrays.stream(shares).average().orElseThrow();
    long inside = Arrays.stream(shares).filter(share -> share >= low && share <= high).count();
    System.out.printf(
        Locale.ROOT,
        "coverage %.2f: mean %.4f, from %.4f to %.4f; 99 %% interval %.4f to %.4f: the mean is %s,"
            + " and so are %d of %d splits%s%n",
        coverage,
        mean,
        Arrays.stream(shares).min().orElseThrow(),
        Arrays.stream(shares).max().orElseThrow(),
        low,
        high,
        mean >= low && mean <= high ? "inside" : "OUTSIDE",
        inside,
        shares.length,
        accuracy >= coverage ? " (the accuracy alone has this coverage)" : "");
  }
}
