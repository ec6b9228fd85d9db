package dev.discern.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.config.WorkFailed;
import dev.discern.image.ImageShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {
  // Class k has 3 + k images, numbered through: class 0 holds 0 to 2, class 1 holds 3 to 6, …
  private static List<List<Integer>> classes(int count) {
    List<List<Integer>> byClass = new ArrayList<>();
    int next = 0;
    for (int k = 0; k < count; k++) {
      byClass.add(IntStream.range(next, next + 3 + k).boxed().toList());
      next += 3 + k;
    }
    return byClass;
  }

  private static Map<Integer, Long> perClass(List<List<Integer>> byClass, int[] images) {
    return Arrays.stream(images)
        .boxed()
        .collect(
            Collectors.groupingBy(
                image ->
                    IntStream.range(0, byClass.size())
                        .filter(k -> byClass.get(k).contains(image))
                        .findFirst()
                        .orElseThrow(),
                Collectors.counting()));
  }

  @Test
  void aBalancedBatchHoldsAllClassesAlikeWhereTheyFitTwice() {
    List<List<Integer>> byClass = classes(4);
    int[] order = new Sampler.ClassBalanced(byClass, 10, 6).order(3, 0);
    assertThat(order).hasSize(60);
    for (int step = 0; step < 6; step++) {
      Map<Integer, Long> counts =
          perClass(byClass, Arrays.copyOfRange(order, step * 10, step * 10 + 10));
      assertThat(counts).hasSize(4);
      assertThat(counts.values()).allMatch(count -> count == 2 || count == 3);
    }
  }

  @Test
  void ofManyClassesABatchHoldsAsManyAsFitTwiceInTurn() {
    List<List<Integer>> byClass = classes(9);
    int[] order = new Sampler.ClassBalanced(byClass, 6, 9).order(3, 1);
    for (int step = 0; step < 9; step++) {
      Map<Integer, Long> counts =
          perClass(byClass, Arrays.copyOfRange(order, step * 6, step * 6 + 6));
      assertThat(counts).hasSize(3);
      assertThat(counts.values()).allMatch(count -> count == 2);
    }
    assertThat(perClass(byClass, order).values())
        .as("over the epoch each class comes equally often")
        .allMatch(count -> count == 6);
  }

  @Test
  void noImageComesAgainBeforeItsWholeClassHasCome() {
    List<List<Integer>> byClass = classes(3);
    int[] order = new Sampler.ClassBalanced(byClass, 6, 10).order(8, 2);
    for (List<Integer> images : byClass) {
      List<Integer> seen = Arrays.stream(order).boxed().filter(images::contains).toList();
      for (int from = 0; from + images.size() <= seen.size(); from += images.size()) {
        assertThat(seen.subList(from, from + images.size()))
            .containsExactlyInAnyOrderElementsOf(images);
      }
    }
  }

  @Test
  void ordersAreFunctionsOfSeedAndEpoch() {
    List<Sampler> samplers =
        List.of(
            new Sampler.Shuffled(50),
            new Sampler.Among(List.of(1, 3, 5, 7, 9, 11), 50),
            new Sampler.ClassBalanced(classes(5), 10, 5));
    for (Sampler sampler : samplers) {
      assertThat(sampler.order(1, 2)).isEqualTo(sampler.order(1, 2)).hasSize(sampler.size());
      assertThat(sampler.order(1, 2)).isNotEqualTo(sampler.order(1, 3));
      assertThat(sampler.order(1, 2)).isNotEqualTo(sampler.order(2, 2));
    }
  }

  @Test
  void someImagesFillAnEpochByComingAgain() {
    int[] order = new Sampler.Among(List.of(4, 6, 9), 8).order(0, 0);
    assertThat(order).hasSize(8).containsOnly(4, 6, 9);
    assertThat(Arrays.copyOfRange(order, 0, 3)).containsExactlyInAnyOrder(4, 6, 9);
    assertThat(Arrays.copyOfRange(order, 3, 6)).containsExactlyInAnyOrder(4, 6, 9);
  }

  @Test
  void aClassWithOneImageCannotBeBalanced() {
    ImageSet set =
        new MemoryImageSet(
            "set",
            new ImageShape(1, 1, 1),
            List.of("ant", "bee"),
            new byte[3],
            new int[] {0, 0, 1});
    assertThatExceptionOfType(WorkFailed.class)
        .isThrownBy(() -> Sampler.ClassBalanced.of(set, 2))
        .withMessageContaining("Class bee has 1 images")
        .withMessageContaining("train.sampler to shuffled");
  }

  @Test
  void noClassComesTwiceWhereOneRoundMeetsTheNext() {
    List<List<Integer>> byClass = classes(10);
    int[] order = new Sampler.ClassBalanced(byClass, 16, 50).order(4, 0);
    for (int step = 0; step < 50; step++) {
      Map<Integer, Long> counts =
          perClass(byClass, Arrays.copyOfRange(order, step * 16, step * 16 + 16));
      assertThat(counts).hasSize(8);
      assertThat(counts.values()).allMatch(count -> count == 2);
    }
    // 400 places for 10 classes; who waits is at most a batch late.
    assertThat(perClass(byClass, order).values()).allMatch(count -> count >= 78 && count <= 82);
  }
}
