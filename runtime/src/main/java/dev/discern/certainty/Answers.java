package dev.discern.certainty;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Accuracy against the share of images answered: what rejecting the least certain images gains.
 *
 * <p>Source: the risk-coverage curve of El-Yaniv, Wiener: On the Foundations of Noise-free
 * Selective Classification, JMLR 11 (2010).
 */
public final class Answers {
  private static final int POINTS = 100;

  private final List<Answer> answers = new ArrayList<>();

  /**
   * An image's answer.
   *
   * @param confidence the probability of the predicted class
   * @param right 1 if the prediction is right, else 0
   */
  private record Answer(double confidence, double right) {}

  /**
   * A point of the curve.
   *
   * @param share the share of images answered, in (0, 1]
   * @param accuracy the share of these that are answered correctly
   * @param threshold the smallest probability among them
   */
  public record Point(double share, double accuracy, double threshold) {}

  /** Starts without images. */
  public Answers() {}

  /**
   * Adds an image.
   *
   * @param confidence the probability of the predicted class
   * @param right whether the prediction is right
   */
  public void add(double confidence, boolean right) {
    answers.add(new Answer(confidence, right ? 1 : 0));
  }

  /**
   * The curve, from the surest hundredth of the images to all of them. Of equally sure images, all
   * have their mean accuracy, whatever their order.
   *
   * @return {@value #POINTS} points by increasing share, or one per image if there are fewer
   */
  public List<Point> curve() {
    List<Answer> sorted = new ArrayList<>(answers);
    sorted.sort(Comparator.comparingDouble(Answer::confidence).reversed());
    double[] rightUpTo = rightUpTo(sorted);
    int images = sorted.size();
    int points = Math.min(POINTS, images);
    List<Point> curve = new ArrayList<>();
    for (int j = 1; j <= points; j++) {
      int answered = (int) (((long) j * images + points - 1) / points);
      curve.add(
          new Point(
              (double) answered / images,
              rightUpTo[answered] / answered,
              sorted.get(answered - 1).confidence()));
    }
    return curve;
  }

  private static double[] rightUpTo(List<Answer> sorted) {
    double[] sums = new double[sorted.size() + 1];
    for (int start = 0; start < sorted.size(); ) {
      int end = start;
      double right = 0;
      while (end < sorted.size()
          && sorted.get(end).confidence() == sorted.get(start).confidence()) {
        right += sorted.get(end).right();
        end++;
      }
      for (int i = start; i < end; i++) {
        sums[i + 1] = sums[start] + right * (i + 1 - start) / (end - start);
      }
      start = end;
    }
    return sums;
  }
}
