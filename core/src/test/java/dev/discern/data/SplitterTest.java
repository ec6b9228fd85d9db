package dev.discern.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import dev.discern.image.ImageShape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SplitterTest {
  private static final ImageShape DOT = new ImageShape(1, 1, 1);

  // Each image's only pixel says which it is.
  private static ImageSet set(int... classCounts) {
    List<Integer> labels = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int c = 0; c < classCounts.length; c++) {
      names.add("class" + c);
      for (int k = 0; k < classCounts[c]; k++) {
        labels.add(c);
      }
    }
    byte[] pixels = new byte[labels.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) i;
    }
    return new MemoryImageSet(
        "dots", DOT, names, pixels, labels.stream().mapToInt(l -> l).toArray());
  }

  private static List<Integer> images(ImageSet part) {
    List<Integer> images = new ArrayList<>();
    for (int i = 0; i < part.size(); i++) {
      images.add(TestImages.seen(part, i, DOT)[0] & 0xff);
    }
    return images;
  }

  @Test
  void sharesEveryImageOutOnceWhateverTheSet() {
    SplittableRandom random = new SplittableRandom(7);
    for (int trial = 0; trial < 200; trial++) {
      int[] counts = random.ints(2 + random.nextInt(5), 3, 40).toArray();
      double validation = 0.01 + 0.5 * random.nextDouble();
      double test = (0.99 - validation) * random.nextDouble() + 0.001;
      ImageSet whole = set(counts);

      List<ImageSet> parts = Splitter.holdOut(whole, trial, validation, test);

      List<Integer> all = new ArrayList<>();
      for (ImageSet part : parts) {
        all.addAll(images(part));
        assertThat(part.classCounts()).doesNotContain(0);
      }
      assertThat(all).hasSize(whole.size());
      assertThat(new TreeSet<>(all)).hasSize(whole.size());
    }
  }

  @Test
  void keepsTheProportionsOfTheClasses() {
    List<ImageSet> parts = Splitter.holdOut(set(100, 50, 20), 3, 0.1, 0.2);

    assertThat(parts.get(0).classCounts()).containsExactly(10, 5, 2);
    assertThat(parts.get(1).classCounts()).containsExactly(20, 10, 4);
    assertThat(parts.get(2).classCounts()).containsExactly(70, 35, 14);
  }

  @Test
  void dependsOnTheSeedAlone() {
    ImageSet whole = set(30, 30);

    assertThat(images(Splitter.holdOut(whole, 5, 0.3).get(0)))
        .isEqualTo(images(Splitter.holdOut(whole, 5, 0.3).get(0)))
        .isNotEqualTo(images(Splitter.holdOut(whole, 6, 0.3).get(0)))
        .isSorted();
  }

  @Test
  void refusesAClassWithTooFewImages() {
    assertThatThrownBy(() -> Splitter.holdOut(set(10, 2), 0, 0.1, 0.1))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("'class1' has 2 images")
        .hasMessageContaining("add images");
  }

  @Test
  void limitsToExactlyTheNumberAskedForWithEveryClass() {
    SplittableRandom random = new SplittableRandom(8);
    for (int trial = 0; trial < 200; trial++) {
      int[] counts = random.ints(2 + random.nextInt(5), 1, 40).toArray();
      ImageSet whole = set(counts);
      int limit = counts.length + random.nextInt(whole.size() - counts.length + 1);

      ImageSet kept = Splitter.limit(whole, limit, trial);

      assertThat(kept.size()).isEqualTo(limit);
      assertThat(new TreeSet<>(images(kept))).hasSize(limit);
      assertThat(kept.classCounts()).doesNotContain(0);
    }
  }

  @Test
  void limitsInProportion() {
    assertThat(Splitter.limit(set(100, 50, 50), 40, 1).classCounts()).containsExactly(20, 10, 10);
  }

  @Test
  void keepsAllWhereTheLimitIsNoneOrLarge() {
    ImageSet whole = set(5, 5);

    assertThat(Splitter.limit(whole, 0, 1)).isSameAs(whole);
    assertThat(Splitter.limit(whole, 10, 1)).isSameAs(whole);
  }

  @Test
  void refusesALimitBelowTheClasses() {
    assertThatThrownBy(() -> Splitter.limit(set(5, 5, 5), 2, 1))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("data.limitTrain is 2")
        .hasMessageContaining("at least 3");
  }

  @Test
  void viewsOfViewsReadTheRightImages() {
    ImageSet outer = Subset.of(set(5, 5), new int[] {9, 4, 2});
    ImageSet inner = Subset.of(outer, new int[] {2, 0});

    assertThat(images(inner)).containsExactly(2, 9);
    assertThat(inner.label(1)).isEqualTo(1);
    assertThat(inner.describe(0)).isEqualTo("dots #2");
    assertThatThrownBy(() -> Subset.of(outer, new int[] {3}))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
