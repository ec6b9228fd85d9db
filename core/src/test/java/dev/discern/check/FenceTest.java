package dev.discern.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class FenceTest {
  @Test
  void liesFiveRobustDeviationsFromTheMedian() {
    // The median is 3; the deviations are 2, 1, 0, 1 and 97, of which the median is 1.
    Fence fence = Fence.of(new double[] {1, 2, 3, 4, 100}, 0);
    assertThat(fence.low()).isCloseTo(3 - 5 * 1.4826, within(1e-9));
    assertThat(fence.high()).isCloseTo(3 + 5 * 1.4826, within(1e-9));
    assertThat(fence.excludes(100)).isTrue();
    assertThat(fence.excludes(4)).isFalse();
  }

  @Test
  void isNeverNarrowerThanTheLeastDistance() {
    double[] alike = DoubleStream.generate(() -> 7).limit(50).toArray();
    assertThat(Fence.of(alike, 2)).isEqualTo(new Fence(5, 9));
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    assertThat(Fence.median(new double[] {4, 1, 3, 10})).isEqualTo(3.5);
    assertThat(Fence.median(new double[0])).isZero();
  }
}
