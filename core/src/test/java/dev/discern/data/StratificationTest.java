package dev.discern.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@link Splitter} on images of several labels. */
class StratificationTest {
  private static final double[] SHARES = {0.1, 0.2};

  private static List<Integer> images(ImageSet part) {
    return IntStream.range(0, part.size())
        .mapToObj(i -> Integer.valueOf(part.describe(i)))
        .toList();
  }

  private static void assertCover(List<ImageSet> parts, ImageSet whole) {
    List<Integer> all = new ArrayList<>();
    for (ImageSet part : parts) {
      assertThat(images(part)).isSorted();
      all.addAll(images(part));
    }
    assertThat(all).hasSize(whole.size());
    assertThat(new TreeSet<>(all)).hasSize(whole.size());
  }

  @Test
  void sharesEveryLabelInProportion() {
    SplittableRandom random = new SplittableRandom(3);
    for (int trial = 0; trial < 50; trial++) {
      int size = 150 + random.nextInt(200);
      double[] chances =
          DoubleStream.generate(() -> random.nextDouble(0.08, 0.5)).limit(2 + trial % 7).toArray();
      LabelSets whole = LabelSets.random(random, size, chances);

      List<ImageSet> parts = Splitter.holdOut(whole, trial, SHARES);

      assertCover(parts, whole);
      int[] counts = whole.classCounts();
      for (int p = 0; p < 3; p++) {
        double share = p == 2 ? 0.7 : SHARES[p];
        assertThat(parts.get(p).size())
            .isCloseTo((int) Math.round(share * size), within(size / 25));
        for (int k = 0; k < counts.length; k++) {
          int count = parts.get(p).classCounts()[k];
          assertThat(count).isPositive();
          // A plain draw is off by more than 10 now and then.
          assertThat((double) count).isCloseTo(share * counts[k], within(4.0));
        }
      }
    }
  }

  @Test
  void givesEveryPartEveryLabelWhereTheyAreFew() {
    SplittableRandom random = new SplittableRandom(4);
    for (int trial = 0; trial < 50; trial++) {
      // Each of 12 labels on 3 to 6 of 30 images.
      List<TreeSet<Integer>> sets = new ArrayList<>();
      IntStream.range(0, 30).forEach(i -> sets.add(new TreeSet<>()));
      for (int k = 0; k < 12; k++) {
        for (int count = 3 + random.nextInt(4); count > 0; ) {
          count -= sets.get(random.nextInt(30)).add(k) ? 1 : 0;
        }
      }
      int[][] labels =
          sets.stream().map(s -> s.stream().mapToInt(k -> k).toArray()).toArray(int[][]::new);
      LabelSets whole = LabelSets.of(12, labels);

      List<ImageSet> parts = Splitter.holdOut(whole, trial, SHARES);

      assertCover(parts, whole);
      for (ImageSet part : parts) {
        assertThat(part.classCounts()).doesNotContain(0);
      }
    }
  }

  @Test
  void sharesImagesWithoutLabelsToo() {
    int[][] sets = new int[100][];
    Arrays.setAll(sets, i -> i < 20 ? new int[] {0, 1} : i < 40 ? new int[] {1} : new int[0]);
    LabelSets whole = LabelSets.of(2, sets);

    List<ImageSet> parts = Splitter.holdOut(whole, 1, SHARES);

    assertCover(parts, whole);
    assertThat(parts).extracting(ImageSet::size).containsExactly(10, 20, 70);
    assertThat(parts.get(0).classCounts()).containsExactly(2, 4);
    assertThat(parts.get(1).classCounts()).containsExactly(4, 8);
    assertThat(parts.get(2).classCounts()).containsExactly(14, 28);
  }

  @Test
  void dependsOnTheSeedAlone() {
    LabelSets whole = LabelSets.random(new SplittableRandom(1), 90, 0.3, 0.4);

    assertThat(images(Splitter.holdOut(whole, 5, 0.3).get(0)))
        .isEqualTo(images(Splitter.holdOut(whole, 5, 0.3).get(0)))
        .isNotEqualTo(images(Splitter.holdOut(whole, 6, 0.3).get(0)));
  }

  @Test
  void partsALabelWhoseImagesCarryOtherRareOnes() {
    // Parting k0 and k1 may leave both images of k2 in one part.
    int[][] sets = {{0, 2}, {0}, {1, 2}, {1}, {}, {}};
    for (int seed = 0; seed < 50; seed++) {
      for (ImageSet part : Splitter.holdOut(LabelSets.of(3, sets), seed, 0.5)) {
        assertThat(part.classCounts()).containsExactly(1, 1, 1);
      }
    }
  }

  @Test
  void refusesLabelsThatNoDrawCanShare() {
    // Of three images, two are in one part; whichever they are, a label has no other.
    int[][] sets = {{0, 1}, {1, 2}, {0, 2}};

    assertThatThrownBy(() -> Splitter.holdOut(LabelSets.of(3, sets), 0, 0.5))
        .isInstanceOf(WorkFailed.class)
        .hasMessageMatching(
            "Class 'k[012]' cannot be divided among 2 parts .*: its images .*out\\.");
  }

  @Test
  void refusesALabelWithTooFewImages() {
    int[][] sets = {{0}, {0, 1}, {0, 1}, {0}, {0}};

    assertThatThrownBy(() -> Splitter.holdOut(LabelSets.of(2, sets), 0, SHARES))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("'k1' has 2 images, too few to share among 3 parts");
  }

  @Test
  void limitsToExactlyTheNumberAskedForWithEveryLabelThatThereIs() {
    SplittableRandom random = new SplittableRandom(8);
    for (int trial = 0; trial < 200; trial++) {
      LabelSets whole = LabelSets.random(random, 20 + random.nextInt(60), 0.02, 0.3, 0.05, 0.7);
      int limit = 4 + random.nextInt(whole.size() - 4);

      ImageSet kept = Splitter.limit(whole, limit, trial);

      assertThat(new TreeSet<>(images(kept))).hasSize(limit);
      assertThat(kept.size()).isEqualTo(limit);
      for (int k = 0; k < 4; k++) {
        assertThat(kept.classCounts()[k] > 0).isEqualTo(whole.classCounts()[k] > 0);
      }
      assertThat(images(Splitter.limit(whole, limit, trial))).isEqualTo(images(kept));
    }
  }

  @Test
  void limitsAtRandom() {
    LabelSets whole = LabelSets.random(new SplittableRandom(2), 2000, 0.5, 0.2);
    ImageSet kept = Splitter.limit(whole, 500, 1);

    assertThat(kept.classCounts()[0] / 500.0).isCloseTo(0.5, within(0.08));
    assertThat(kept.classCounts()[1] / 500.0).isCloseTo(0.2, within(0.08));
    assertThat(images(kept)).isNotEqualTo(images(Splitter.limit(whole, 500, 2)));
    assertThat(Splitter.limit(whole, 0, 1)).isSameAs(whole);
    assertThatThrownBy(() -> Splitter.limit(whole, 1, 1))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("data.limitTrain is 1")
        .hasMessageContaining("at least 2");
  }
}
