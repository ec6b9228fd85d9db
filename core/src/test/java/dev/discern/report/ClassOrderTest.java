package dev.discern.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassOrderTest {
  @Test
  void classesThatAreConfusedStandBesideEachOther() {
    // 0 is taken for 3, 1 for 4; 2 stands alone.
    long[][] confusion = {
      {80, 0, 0, 20, 0}, {0, 70, 1, 0, 29}, {0, 1, 99, 0, 0}, {15, 0, 0, 85, 0}, {0, 31, 0, 0, 69}
    };
    List<Integer> order = ClassOrder.of(confusion);
    assertThat(order).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    assertThat(Math.abs(order.indexOf(0) - order.indexOf(3))).isEqualTo(1);
    assertThat(Math.abs(order.indexOf(1) - order.indexOf(4))).isEqualTo(1);
    assertThat(Math.abs(order.indexOf(2) - order.indexOf(1))).as("2 is nearest to 1").isEqualTo(1);
  }

  @Test
  void everyOrderIsAPermutationAlsoOfManyClassesAndOfNoImages() {
    assertThat(ClassOrder.of(new long[4][4])).containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(ClassOrder.of(new long[301][301]))
        .containsExactlyElementsOf(IntStream.range(0, 301).boxed().toList());
  }
}
