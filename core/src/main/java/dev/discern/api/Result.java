package dev.discern.api;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The results of a finished run.
 *
 * @param method the loss and what goes with it, such as {@code crl(alpha=1.5,beta=1)}; a user's own
 *     loss after {@code own:}
 * @param epochs the epochs trained
 * @param bestEpoch the epoch whose weights are best on the validation images, counted from 1; a
 *     classifier opens these weights
 * @param test on the test images, with the weights of the last epoch
 * @param bestTest on the test images, with the weights of the best epoch
 * @param classes the figures of each class on the test images, with the weights of the last epoch
 * @param mostConfused up to ten pairs of classes, most images first
 * @param seconds of training and evaluation, over all sessions
 */
public record Result(
    String method,
    int epochs,
    int bestEpoch,
    Score test,
    Score bestTest,
    List<ClassResult> classes,
    List<ConfusedClasses> mostConfused,
    double seconds) {
  /** Keeps unmodifiable copies. */
  public Result {
    classes = List.copyOf(classes);
    mostConfused = List.copyOf(mostConfused);
  }

  /**
   * The figures of one class or label.
   *
   * @param name its name
   * @param images test images of it
   * @param predicted test images predicted as it
   * @param precision the share of these predictions that are right; empty if there are none
   * @param recall the share of its images that are predicted as it; empty if it has none
   * @param f1 their harmonic mean; empty without images and predictions
   */
  public record ClassResult(
      String name,
      long images,
      long predicted,
      OptionalDouble precision,
      OptionalDouble recall,
      OptionalDouble f1) {}

  /**
   * Two classes that are confused with each other.
   *
   * @param a a class
   * @param b the other one
   * @param aAsB images of a predicted as b
   * @param bAsA images of b predicted as a
   */
  public record ConfusedClasses(String a, String b, long aAsB, long bAsA) {}
}
