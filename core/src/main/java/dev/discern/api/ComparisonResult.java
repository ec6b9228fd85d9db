package dev.discern.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a comparison found.
 *
 * @param path its folder, with the report
 * @param verdict the main conclusion in words, the second method against the first; empty if the
 *     comparison was cancelled and can be resumed
 * @param warnings what limits the conclusions
 * @param methods the methods, the baseline first
 * @param differences each pair of methods with a finished seed in common
 */
public record ComparisonResult(
    Path path,
    Optional<String> verdict,
    List<String> warnings,
    List<MethodResult> methods,
    List<Difference> differences) {
  /** Keeps unmodifiable copies. */
  public ComparisonResult {
    warnings = List.copyOf(warnings);
    methods = List.copyOf(methods);
    differences = List.copyOf(differences);
  }

  /**
   * Whether no run was stopped.
   *
   * @return false if the comparison can be resumed
   */
  public boolean finished() {
    return verdict.isPresent();
  }

  /**
   * The report, a page that opens offline.
   *
   * @return its path; it exists once the comparison is finished
   */
  public Path report() {
    return path.resolve("report.html");
  }

  /**
   * The runs of one method.
   *
   * @param name its spelling
   * @param control whether it is a gain-matched control
   * @param runs the number of finished runs
   * @param mean the mean test score of their last epochs; empty without a finished run
   * @param sd the standard deviation over the seeds; empty for fewer than two runs
   * @param interval the 95 % interval of the mean; empty for fewer than two runs
   * @param directories the directories of all its runs, finished or not
   */
  public record MethodResult(
      String name,
      boolean control,
      int runs,
      OptionalDouble mean,
      OptionalDouble sd,
      Optional<Interval> interval,
      List<Path> directories) {
    /** Keeps an unmodifiable copy. */
    public MethodResult {
      directories = List.copyOf(directories);
    }
  }

  /** What the paired t-test says of the second method of a pair, at 5 % after Holm's correction. */
  public enum Finding {
    /** Significantly better. */
    BETTER,
    /** Significantly worse. */
    WORSE,
    /** No difference detected, which does not prove that there is none. */
    UNDETECTED,
    /** No test is possible, because there is one seed, or no spread. */
    UNTESTED
  }

  /**
   * Two methods, paired by seed.
   *
   * @param a the first method
   * @param b the second method; differences are b − a, in the unit of the score
   * @param seeds the number of seeds that both finished
   * @param difference the mean difference of the test scores
   * @param interval its 95 % interval; empty for one seed
   * @param p the p-value of the paired t-test after Holm's correction; empty without a test
   * @param detectable the smallest true difference that this test detects four times out of five;
   *     empty without spread
   * @param finding what follows
   * @param sentence the same in words
   */
  public record Difference(
      String a,
      String b,
      int seeds,
      double difference,
      Optional<Interval> interval,
      OptionalDouble p,
      OptionalDouble detectable,
      Finding finding,
      String sentence) {}
}
