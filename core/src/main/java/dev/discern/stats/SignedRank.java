package dev.discern.stats;

import java.util.Arrays;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * The signed-rank test (Wilcoxon, 1945), two-sided.
 *
 * <p>Differences of 0 are dropped, as in Wilcoxon's paper, SciPy and R; commons-statistics would
 * rank them (Pratt, 1959). Tied absolute values share their mean rank. The p-value is exact, with
 * or without ties: it counts the assignments of signs to the observed ranks. commons-statistics
 * switches to the normal approximation at the first tie and then reports p = 0.037 for five equal
 * differences, although the smallest possible value is 2/2⁵. The approximation, with its
 * corrections for ties and continuity, is used only above {@value #EXACT} differences.
 */
final class SignedRank {
  /**
   * The largest number of nonzero differences for which the distribution is tabulated, which takes
   * at most 0.1 s.
   */
  static final int EXACT = 500;

  private SignedRank() {}

  /**
   * Tests whether differences are symmetric about 0.
   *
   * @param differences finite values, exactly equal where they tie
   * @return the p-value; 1 if all differences are 0
   */
  static double p(double[] differences) {
    double[] unequal = Arrays.stream(differences).filter(d -> d != 0).toArray();
    int[] ranks = signedDoubledRanks(unequal);
    return ranks.length > EXACT ? approximate(ranks) : exact(ranks);
  }

  /**
   * Ranks the absolute values from 1; ranks are doubled, so that mean ranks are whole numbers, and
   * carry the sign of the value.
   *
   * @param values n numbers other than 0
   * @return n ranks, in order
   */
  private static int[] signedDoubledRanks(double[] values) {
    int[] ranks = new int[values.length];
    int[] order = Differences.bySize(values);
    for (int from = 0, to; from < order.length; from = to) {
      double size = Math.abs(values[order[from]]);
      to = from + 1;
      while (to < order.length && Math.abs(values[order[to]]) == size) {
        to++;
      }
      for (int i = from; i < to; i++) {
        // Twice the mean of the ranks from + 1 to to.
        ranks[order[i]] = (int) Math.signum(values[order[i]]) * (from + 1 + to);
      }
    }
    return ranks;
  }

  private static double exact(int[] ranks) {
    int positive = Arrays.stream(ranks).filter(r -> r > 0).sum();
    int negative = -Arrays.stream(ranks).filter(r -> r < 0).sum();
    int smaller = Math.min(positive, negative);
    // Entry s is the probability under the null hypothesis that the positive ranks add up to s.
    double[] probability = new double[smaller + 1];
    probability[0] = 1;
    for (int rank : ranks) {
      int size = Math.abs(rank);
      for (int s = smaller; s >= 0; s--) {
        probability[s] = (probability[s] + (s < size ? 0 : probability[s - size])) / 2;
      }
    }
    return Math.min(1, 2 * Arrays.stream(probability).sum());
  }

  private static double approximate(int[] ranks) {
    return WilcoxonSignedRankTest.withDefaults()
        .with(PValueMethod.ASYMPTOTIC)
        .test(Arrays.stream(ranks).asDoubleStream().toArray())
        .getPValue();
  }
}
