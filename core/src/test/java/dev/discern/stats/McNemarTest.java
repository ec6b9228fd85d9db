package dev.discern.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class McNemarTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void doesNotDependOnWhichIsFirst(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int first = random.nextInt(100);
    int second = random.nextInt(100);

    assertThat(McNemar.of(first, second).p()).isEqualTo(McNemar.of(second, first).p());
  }

  @Test
  void fallsAsOneIsAloneMoreOften() {
    double before = 1.1;
    for (int more = 0; more < 20; more++) {
      double p = McNemar.of(30, 31 + more).p();
      assertThat(p).isLessThan(before).isPositive();
      before = p;
    }
  }

  @Test
  void reachesTheLargestCounts() {
    assertThat(McNemar.of(1L << 30, (1L << 30) - 1).p()).isEqualTo(1);
    assertThat(McNemar.of(0, Integer.MAX_VALUE).p()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, 1L << 31, Long.MAX_VALUE})
  void refusesAnImpossibleCount(long images) {
    assertThatThrownBy(() -> McNemar.of(3, images))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The count of images is " + images + ", but it must be from 0 to 2147483647.");
  }

  @Test
  void refusesASumThatTheLibraryCannotTake() {
    assertThatThrownBy(() -> McNemar.of(1L << 30, 1L << 30))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Exactly one classifier is right on 2147483648 images, but the test supports at most"
                + " 2147483647.");
  }
}
