package dev.discern.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedRankTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 9, 33, 120, 500})
  void agreesWithTheLibraryWhereNoSizesTie(int n) {
    double[] differences = new SplittableRandom(n).doubles(n, -1, 1.5).toArray();

    double theirs =
        WilcoxonSignedRankTest.withDefaults()
            .with(PValueMethod.EXACT)
            .test(differences)
            .getPValue();

    assertThat(SignedRank.p(differences)).isCloseTo(theirs, withinPercentage(1e-8));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 10})
  void givesEqualDifferencesTheSmallestPThereIs(int n) {
    double[] differences = new double[n];
    Arrays.fill(differences, 0.25);

    assertThat(SignedRank.p(differences)).isEqualTo(Math.min(1, 2 * Math.pow(0.5, n)));
  }

  @Test
  void countsSignsWhereTiesLeaveTheLibraryApproximate() {
    double[] differences = {1, 1, 1, 1, 1};

    assertThat(WilcoxonSignedRankTest.withDefaults().test(differences).getPValue())
        .isCloseTo(0.037, within(0.0005)); // what the documentation warns of
    assertThat(SignedRank.p(differences)).isEqualTo(0.0625);
  }

  @Test
  void dropsZeros() {
    assertThat(SignedRank.p(new double[] {0, 3, -1, 0, 4, 0}))
        .isEqualTo(SignedRank.p(new double[] {3, -1, 4}));
  }

  @Test
  void findsNothingInZerosAlone() {
    assertThat(SignedRank.p(new double[] {0, 0, 0})).isEqualTo(1);
  }

  @Test
  void approximatesCloselyWhereItDoesNotCount() {
    double[] differences =
        IntStream.rangeClosed(0, SignedRank.EXACT)
            .mapToDouble(i -> i % 9 < 5 ? 1 + i : -1 - i)
            .toArray();
    double exact =
        WilcoxonSignedRankTest.withDefaults()
            .with(PValueMethod.EXACT)
            .test(differences)
            .getPValue();

    assertThat(exact).isBetween(0.01, 0.2); // where an error would matter
    assertThat(SignedRank.p(differences)).isNotEqualTo(exact).isCloseTo(exact, within(0.0002));
  }
}
