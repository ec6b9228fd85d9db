package dev.discern.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.DataConfig;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.image.ImageShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CompositionTest {
  private static final ImageShape CELL = new ImageShape(3, 2, 3);

  private static byte[] pixels(ImageSet set, int i) {
    byte[] pixels = new byte[set.shape().volume()];
    Arrays.fill(pixels, (byte) 77);
    set.read(i, pixels, 0);
    return pixels;
  }

  // Cells row by row, cut out of the picture one pixel at a time.
  private static byte[] cell(byte[] picture, int cell) {
    byte[] cut = new byte[CELL.volume()];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < 2; y++) {
        for (int x = 0; x < 3; x++) {
          cut[c * 6 + y * 3 + x] = picture[c * 24 + (cell / 2 * 2 + y) * 6 + cell % 2 * 3 + x];
        }
      }
    }
    return cut;
  }

  private static Set<Integer> members(ImageSet pictures, int i) {
    return Arrays.stream(pictures.describe(i).split(" \\+ "))
        .map(name -> Integer.valueOf(name.replace("made #", "")))
        .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
  }

  @Test
  void cellsHoldTheImagesPixelsAndTheRestIsBlack() {
    ImageSet source = TestImages.memory(CELL, 61, 5, 1);
    Composition pictures = Composition.of(source, 4, 9, 0);
    assertThat(pictures.shape()).isEqualTo(new ImageShape(3, 4, 6));
    byte[] black = new byte[CELL.volume()];
    Set<Integer> cellsUsed = new TreeSet<>();
    for (int i = 0; i < pictures.size(); i++) {
      List<byte[]> wanted =
          new ArrayList<>(members(pictures, i).stream().map(k -> pixels(source, k)).toList());
      byte[] picture = pixels(pictures, i);
      for (int cell = 0; cell < 4; cell++) {
        byte[] found = cell(picture, cell);
        if (!Arrays.equals(found, black)) {
          assertThat(wanted.removeIf(image -> Arrays.equals(image, found))).isTrue();
          cellsUsed.add(cell);
        }
      }
      assertThat(wanted).isEmpty();
    }
    assertThat(cellsUsed).containsExactly(0, 1, 2, 3);
  }

  @Test
  void readsToAnOffsetAndTouchesNothingElse() {
    Composition pictures = Composition.of(TestImages.memory(CELL, 9, 3, 1), 3, 9, 0);
    int volume = pictures.shape().volume();
    byte[] target = new byte[volume + 10];
    Arrays.fill(target, (byte) 77);

    pictures.read(0, target, 4);

    assertThat(Arrays.copyOfRange(target, 4, 4 + volume)).isEqualTo(pixels(pictures, 0));
    assertThat(Arrays.copyOf(target, 4)).containsOnly(77);
    assertThat(Arrays.copyOfRange(target, 4 + volume, target.length)).containsOnly(77);
  }

  @Test
  void carriesTheClassesOfItsImages() {
    ImageSet source = TestImages.memory(CELL, 200, 3, 1);
    Composition pictures = Composition.of(source, 4, 2, 0);
    Set<Integer> sizes = new TreeSet<>();
    for (int i = 0; i < pictures.size(); i++) {
      int[] classes =
          members(pictures, i).stream().mapToInt(k -> k % 3).sorted().distinct().toArray();
      assertThat(pictures.labels(i)).isEqualTo(classes);
      sizes.add(classes.length);
    }
    assertThat(sizes).containsExactly(1, 2, 3);
    assertThat(pictures.task()).isEqualTo(Task.MANY_LABELS);
    assertThat(pictures.classNames()).isEqualTo(source.classNames());
    assertThatThrownBy(() -> pictures.label(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void usesEachImageOnceInPicturesOfTwoToTheMost() {
    for (int most = 2; most <= 4; most++) {
      for (int size = 2; size < 40; size++) {
        Composition pictures = Composition.of(TestImages.memory(CELL, size, 2, 1), most, size, 0);
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
          assertThat(members(pictures, i)).hasSizeBetween(2, most);
          all.addAll(members(pictures, i));
        }
        assertThat(all).doesNotHaveDuplicates().hasSizeBetween(size - 1, size);
      }
    }
  }

  @Test
  void drawsEachNumberOfImagesAlikeOften() {
    Composition pictures = Composition.of(TestImages.memory(CELL, 9000, 2, 1), 4, 5, 0);
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int i = 0; i < pictures.size(); i++) {
      counts.merge(members(pictures, i).size(), 1, Integer::sum);
    }
    // About 1000 each; the standard deviation is 26.
    assertThat(counts.keySet()).containsExactly(2, 3, 4);
    assertThat(counts.values()).allSatisfy(n -> assertThat(n).isBetween(870, 1130));
  }

  @Test
  void leavesOutNoClassThatHasOneImage() {
    ImageShape dot = new ImageShape(1, 1, 1);
    for (int seed = 0; seed < 50; seed++) {
      ImageSet source =
          new MemoryImageSet(
              "made", dot, List.of("a", "b"), new byte[7], new int[] {1, 0, 0, 0, 0, 0, 0});
      assertThat(Composition.of(source, 2, seed, 0).classCounts()[1]).isEqualTo(1);
    }
  }

  @Test
  void isAFunctionOfSeedAndPart() {
    ImageSet source = TestImages.memory(CELL, 60, 3, 1);
    List<String> names = names(Composition.of(source, 3, 4, 1));

    assertThat(names(Composition.of(source, 3, 4, 1))).isEqualTo(names);
    assertThat(names(Composition.of(source, 3, 5, 1))).isNotEqualTo(names);
    assertThat(names(Composition.of(source, 3, 4, 2))).isNotEqualTo(names);
  }

  private static List<String> names(ImageSet set) {
    return IntStream.range(0, set.size()).mapToObj(set::describe).toList();
  }

  @Test
  void identifiesImagesAndCells() {
    ImageSet source = TestImages.memory(CELL, 2, 2, 1);
    Set<String> seen = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      seen.add(Arrays.toString(Composition.of(source, 2, seed, 0).identity(0)));
    }
    // Two images in two of four cells.
    assertThat(seen).hasSizeBetween(12, 24);
    assertThat(Composition.of(source, 2, 0, 0).identity(0))
        .isEqualTo(Composition.of(source, 2, 0, 0).identity(0));
  }

  @Test
  void refusesAPartOfOneImage() {
    ImageSet one = TestImages.memory(CELL, 1, 1, 1);

    assertThatThrownBy(() -> Composition.of(one, 2, 0, 0))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("only 1 image")
        .hasMessageContaining("data.compose");
    ImageSet two = TestImages.memory(CELL, 4, 2, 1);
    assertThatThrownBy(() -> Composition.of(two, 5, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    ImageSet many = Composition.of(two, 2, 0, 0);
    assertThatThrownBy(() -> Composition.of(many, 2, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static DataConfig digits(int limit, int compose) {
    return Configs.of(
        "digits", Map.of("data.splitSeed", 7, "data.limitTrain", limit, "data.compose", compose));
  }

  @Test
  void composesThePartsOfADataSetApart() {
    Split plain = Datasets.load(digits(0, 0));
    Split split = Datasets.load(digits(0, 3));

    assertThat(Datasets.task(digits(0, 3))).isEqualTo(Task.MANY_LABELS);
    assertThat(split.task()).isEqualTo(Task.MANY_LABELS);
    assertThat(split.shape()).isEqualTo(new ImageShape(1, 16, 16));
    assertWithin(split.train(), plain.train());
    assertWithin(split.validation(), plain.validation());
    assertWithin(split.test(), plain.test());
  }

  private static void assertWithin(ImageSet pictures, ImageSet source) {
    List<String> used =
        names(pictures).stream().flatMap(n -> Arrays.stream(n.split(" \\+ "))).toList();
    assertThat(used).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(source.size() - 1);
    assertThat(names(source)).containsAll(used);
  }

  @Test
  void batchesCarryTheLabelSets() {
    ImageSet set = Composition.of(TestImages.memory(CELL, 50, 4, 1), 4, 3, 0);
    BatchLoader loader = BatchLoader.evaluation(set, Normalization.of(set), 7, 1);
    List<int[]> seen = new ArrayList<>();
    try (BatchStream batches = loader.epoch(0, 0)) {
      batches.forEachRemaining(
          batch -> seen.addAll(Arrays.asList(((Labels.Many) batch.labels()).sets())));
    }

    assertThat(seen).hasSize(set.size());
    for (int i = 0; i < set.size(); i++) {
      assertThat(seen.get(i)).isEqualTo(set.labels(i));
    }
  }
}
