package dev.discern.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.config.DataConfig;
import dev.discern.image.ImageShape;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
  private static final ImageShape SHAPE = new ImageShape(1, 2, 2);

  private static Split split(List<String> names, byte[] pixels, int[] labels) {
    ImageSet set = new MemoryImageSet("x", SHAPE, names, pixels, labels);
    return new Split(set, set, set, SHAPE, List.of());
  }

  @Test
  void isTheSameForTheSameData() {
    assertThat(Fingerprint.of(Datasets.load(Configs.of("digits"))))
        .hasSize(64)
        .isEqualTo(Fingerprint.of(Datasets.load(Configs.of("digits"))));
  }

  @Test
  void differsWhenAnythingDoes() {
    List<String> names = List.of("a", "b");
    byte[] pixels = TestImages.bytes(1, 2, 3, 4, 5, 6, 7, 8);
    int[] labels = {0, 1};
    Set<String> seen = new HashSet<>();
    seen.add(Fingerprint.of(split(names, pixels, labels)));
    seen.add(Fingerprint.of(split(List.of("a", "c"), pixels, labels)));
    seen.add(Fingerprint.of(split(names, TestImages.bytes(1, 2, 3, 4, 5, 6, 7, 9), labels)));
    seen.add(Fingerprint.of(split(names, pixels, new int[] {1, 1})));
    DataConfig d = Configs.of("digits");
    seen.add(Fingerprint.of(Datasets.load(d)));
    seen.add(Fingerprint.of(Datasets.load(Configs.of("digits", Map.of("data.splitSeed", 99)))));

    assertThat(seen).hasSize(6);
  }

  @Test
  void differsWhenALabelSetDoes() {
    Set<String> seen = new HashSet<>();
    for (int[][] sets :
        new int[][][] {
          {{0}, {0, 1}}, {{0}, {1}}, {{0}, {}}, {{0, 1}, {0}}, {{0, 1}, {}}, {{}, {0, 1}}, {{}, {}}
        }) {
      ImageSet set = LabelSets.of(2, sets);
      seen.add(Fingerprint.of(new Split(set, set, set, SHAPE, List.of())));
    }

    assertThat(seen).hasSize(7);
  }

  @Test
  void tellsFoldersApartByPathAndLengthAndNotByPlace(@TempDir Path root) throws IOException {
    for (String copy : new String[] {"one", "two"}) {
      TestImages.classFolder(root.resolve(copy).resolve("red"), 4, Color.RED);
      TestImages.classFolder(root.resolve(copy).resolve("blue"), 4, Color.BLUE);
    }
    String one = of(root.resolve("one"));
    assertThat(of(root.resolve("two"))).isEqualTo(one);

    Files.move(root.resolve("two/red/a0.png"), root.resolve("two/red/b0.png"));
    assertThat(of(root.resolve("two"))).isNotEqualTo(one);
  }

  @Test
  void knowsFilesThatWereReplaced(@TempDir Path root) throws IOException {
    TestImages.classFolder(root.resolve("red"), 4, Color.RED);
    TestImages.classFolder(root.resolve("blue"), 4, Color.BLUE);
    String before = of(root);
    ImageSet train = Datasets.load(Configs.of(root.toString())).train();
    Map<String, byte[]> replaced = Map.of(train.describe(0), train.identity(0));
    Files.write(root.resolve(train.describe(0)), new byte[] {1, 2, 3});

    Split split = Datasets.load(Configs.of(root.toString()));
    assertThat(Fingerprint.of(split)).isNotEqualTo(before);
    assertThat(Fingerprint.of(split, replaced)).isEqualTo(before);
  }

  private static String of(Path folder) {
    return Fingerprint.of(Datasets.load(Configs.of(folder.toString())));
  }
}
