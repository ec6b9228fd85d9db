package dev.discern.bench;

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
 * mean of the splits is what is judged.
 *
 * <p>A set has at least one class, so where the network is right more often than is asked for, its
 * accuracy is the coverage, which may lie above the interval. The second line of each coverage lets
 * sets be empty where the likeliest class is least likely: then the coverage is exact for any
 * accuracy, and a figure outside the interval is a fault.
 *
 * <p>Arguments: a run that has {@code certainty.csv}, splits (20).
 */
public final class Coverage {
  private Coverage() {}

  /**
   * A test image.
   *
   * @param score the conformity score of its true class
   * @param confidence the probability of its likeliest class
   */
  private record Image(double score, double confidence) {
    /** A score that is below 0 where the prediction is right, and differs from image to image. */
    double untied() {
      return score == 0 ? -confidence : score;
    }
  }

  /**
   * Prints two lines for each coverage.
   *
   * @param arguments run, splits
   * @throws IOException if the run has no such file
   */
  public static void main(String[] arguments) throws IOException {
    List<Image> images = read(Path.of(arguments[0]).resolve("certainty.csv"));
    int splits = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
    double[] scores = images.stream().mapToDouble(Image::score).toArray();
    double[] untied = images.stream().mapToDouble(Image::untied).toArray();
    System.out.printf(
        Locale.ROOT,
        "%s: %d test images, accuracy %.4f, %d splits into %d to calibrate and %d to count%n",
        arguments[0],
        scores.length,
        Arrays.stream(scores).filter(score -> score == 0).count() / (double) scores.length,
        splits,
        scores.length / 2,
        scores.length - scores.length / 2);
    for (double coverage : new double[] {0.9, 0.95}) {
      print("sets as predict prints them", coverage, scores, splits);
      print("sets that may be empty     ", coverage, untied, splits);
    }
  }

  private static List<Image> read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> header = List.of(lines.get(0).split(","));
    return lines.stream()
        .skip(1)
        .map(line -> line.split(","))
        .map(
            fields ->
                new Image(
                    Double.parseDouble(fields[header.indexOf("score")]),
                    Double.parseDouble(fields[header.indexOf("confidence")])))
        .toList();
  }

  private static void print(String name, double coverage, double[] scores, int splits) {
    double[] shares = shares(scores, splits, coverage);
    int counted = scores.length - scores.length / 2;
    BinomialDistribution binomial = BinomialDistribution.of(counted, coverage);
    double low = binomial.inverseCumulativeProbability(0.005) / (double) counted;
    double high = binomial.inverseCumulativeProbability(0.995) / (double) counted;
    double mean = Arrays.stream(shares).average().orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "%.2f, %s: mean %.4f (%s), splits from %.4f to %.4f, %d of %d inside; 99 %% interval %.4f to"
            + " %.4f%n",
        coverage,
        name,
        mean,
        mean < low ? "below" : mean > high ? "above" : "inside",
        Arrays.stream(shares).min().orElseThrow(),
        Arrays.stream(shares).max().orElseThrow(),
        Arrays.stream(shares).filter(share -> share >= low && share <= high).count(),
        splits,
        low,
        high);
  }

  private static double[] shares(double[] scores, int splits, double coverage) {
    int calibrating = scores.length / 2;
    double[] shares = new double[splits];
    for (int s = 0; s < splits; s++) {
      List<Double> shuffled = new ArrayList<>(Arrays.stream(scores).boxed().toList());
      Collections.shuffle(shuffled, new Random(s));
      List<Double> seen = shuffled.subList(0, calibrating).stream().sorted().toList();
      int rank = (int) Math.ceil((calibrating + 1) * coverage - 1e-9);
      double threshold = rank > calibrating ? Double.POSITIVE_INFINITY : seen.get(rank - 1);
      List<Double> counted = shuffled.subList(calibrating, scores.length);
      shares[s] =
          counted.stream().filter(score -> score <= threshold).count() / (double) counted.size();
    }
    return shares;
  }
}
