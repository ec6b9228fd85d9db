package dev.discern.report;

import dev.discern.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The conclusions that the figures support, in words. A method is called better or worse only if
 * the paired t-test is significant at 5 % after Holm's correction over all pairs. Otherwise the
 * text also states how large an undetected difference could be.
 */
final class Verdict {
  private static final double LEVEL = 0.05;

  private Verdict() {}

  /** What the test says of the second method of a pair. */
  enum Finding {
    BETTER("better"),
    WORSE("worse"),
    UNDETECTED("no difference detected"),
    UNTESTED("no test possible");

    private final String words;

    Finding(String words) {
      this.words = words;
    }

    /** As the report shows it. */
    String words() {
      return words;
    }
  }

  static Finding finding(PairResult pair, @Nullable Double holm) {
    if (holm == null) {
      return Finding.UNTESTED;
    }
    if (holm >= LEVEL) {
      return Finding.UNDETECTED;
    }
    return pair.score().difference().mean() > 0 ? Finding.BETTER : Finding.WORSE;
  }

  /** One sentence that compares b with a. */
  static String sentence(PairResult pair, @Nullable Double holm) {
    String a = pair.a().label();
    String b = pair.b().label();
    Finding finding = finding(pair, holm);
    double mean = pair.score().difference().mean();
    String difference = points(mean, true);
    Interval interval = pair.score().difference().interval();
    int n = pair.seeds().size();
    return switch (finding) {
      case BETTER, WORSE ->
          String.format(
              Locale.ROOT,
              "%s is %s than %s by %s points of %s (95 %% interval %s to %s, n = %d, p = %s"
                  + " after Holm's correction).",
              b,
              finding.words(),
              a,
              points(Math.abs(mean), false),
              pair.a().score().words(),
              points(interval == null ? mean : interval.low(), true),
              points(interval == null ? mean : interval.high(), true),
              n,
              probability(holm));
      case UNDETECTED ->
          String.format(
                  Locale.ROOT,
                  "%s and %s: no difference detected (%s points, 95 %% interval %s to %s, n = %d, p"
                      + " = %s after Holm's correction).",
                  b,
                  a,
                  difference,
                  points(interval == null ? mean : interval.low(), true),
                  points(interval == null ? mean : interval.high(), true),
                  n,
                  probability(holm))
              + hidden(pair.score().detectable());
      case UNTESTED ->
          String.format(
              Locale.ROOT,
              "%s and %s: %s points apart, but %s, so no test is possible.",
              b,
              a,
              difference,
              n == 1
                  ? "on one seed only"
                  : "by the same amount for all " + n + " seeds, without any spread");
    };
  }

  /** The figures behind the headline, for a page that shows the headline above it. */
  static String detail(PairResult pair, @Nullable Double holm) {
    if (finding(pair, holm) == Finding.UNTESTED) {
      return sentence(pair, holm);
    }
    Interval interval = pair.score().difference().interval();
    return String.format(
            Locale.ROOT,
            "The difference is %s points of %s (95 %% interval %s to %s, n = %d, p = %s after"
                + " Holm's correction).",
            points(pair.score().difference().mean(), true),
            pair.a().score().words(),
            points(interval == null ? 0 : interval.low(), true),
            points(interval == null ? 0 : interval.high(), true),
            pair.seeds().size(),
            probability(holm))
        + (finding(pair, holm) == Finding.UNDETECTED ? hidden(pair.score().detectable()) : "");
  }

  private static String hidden(@Nullable Double detectable) {
    return detectable == null
        ? ""
        : " With this spread, a true difference below "
            + points(detectable, false)
            + " points would be missed more often than one time in five.";
  }

  /**
   * The main conclusion: the second method compared with the first, which is the question that the
   * order of the methods asks. For a single method, how good it is.
   */
  static String headline(List<Group> groups, List<PairResult> pairs, List<@Nullable Double> holm) {
    if (groups.size() < 2) {
      return new SingleVerdict(groups.get(0)).headline();
    }
    if (pairs.isEmpty()) {
      return "No two methods finished a run with the same seed, so nothing can be compared";
    }
    String a = groups.get(0).label();
    String b = groups.get(1).label();
    PairResult first = pairs.get(0);
    if (!first.a().label().equals(a) || !first.b().label().equals(b)) {
      return b + " and " + a + " cannot be compared: they have no finished seed in common";
    }
    return switch (finding(first, holm.get(0))) {
      case BETTER, WORSE -> b + " is " + finding(first, holm.get(0)).words() + " than " + a;
      case UNDETECTED -> "No difference detected between " + b + " and " + a;
      case UNTESTED -> b + " and " + a + ": no test is possible";
    };
  }

  /** Caveats that the reader must know. */
  static List<String> warnings(List<Group> groups, List<PairResult> pairs) {
    List<String> warnings = new ArrayList<>();
    for (Group group : groups) {
      if (!group.finished().isEmpty()) {
        String subject = groups.size() == 1 ? "The network" : group.label();
        warnings.addAll(new Usefulness(group, subject).warnings());
      }
      int lost = group.runs().size() - group.finished().size();
      if (lost == group.runs().size()) {
        warnings.add(
            "No run of "
                + group.label()
                + " finished ("
                + group.runs().get(0).state()
                + "): "
                + group.runs().get(0).note());
      } else if (lost > 0) {
        warnings.add(
            lost
                + " of "
                + group.runs().size()
                + " runs of "
                + group.label()
                + " did not finish; its figures describe the other runs only, which may flatter"
                + " it.");
      }
    }
    if (!pairs.isEmpty() && pairs.stream().allMatch(pair -> pair.seeds().size() < 2)) {
      warnings.add("With one seed no test is possible: compare 5 or more seeds.");
    } else if (pairs.stream().anyMatch(pair -> pair.seeds().size() < 5)) {
      warnings.add(
          "Fewer than five seeds: intervals are wide, and the tests assume that differences are"
              + " normally distributed.");
    }
    return warnings;
  }

  static String points(double share, boolean signed) {
    return String.format(Locale.ROOT, signed ? "%+.2f" : "%.2f", 100 * share)
        .replace('-', '\u2212');
  }

  static String probability(@Nullable Double p) {
    if (p == null) {
      return "none";
    }
    return p < 0.0001 ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", p);
  }
}
