package dev.discern.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.config.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NamesTest {
  @Test
  void findsEachOfManyNames() {
    Names names = new Names();
    for (int i = 0; i < 10_000; i++) {
      assertThat(names.add("folder/\u732b" + i)).isEqualTo(i);
    }

    assertThat(names.size()).isEqualTo(10_000);
    for (int i = 0; i < 10_000; i += 99) {
      assertThat(names.get(i)).isEqualTo("folder/\u732b" + i);
      assertThat(names.indexOf("folder/\u732b" + i)).isEqualTo(i);
      assertThat(names.add("folder/\u732b" + i)).isEqualTo(i);
    }
    assertThat(names.indexOf("folder")).isEqualTo(-1);
    assertThat(names.add("")).isEqualTo(10_000);
    assertThat(names.indexOf("")).isEqualTo(10_000);
  }

  @Test
  void findsFilesByCaseAndStem() {
    FileNames files =
        new FileNames(
            Stream.of("A.JPG", "a.jpg", "b.png", "b.txt", "c.jpg", "c.png")
                .map(name -> new FileNames.Entry(name, 7))
                .toList());

    assertThat(files.find("a.jpg")).isEqualTo(1);
    assertThat(files.findIgnoringCase("a.JPG")).isEqualTo(FileNames.SEVERAL);
    assertThat(files.findIgnoringCase("B.PNG")).isEqualTo(2);
    assertThat(files.findByStem("b")).isEqualTo(2);
    assertThat(files.findByStem("c")).isEqualTo(FileNames.SEVERAL);
    assertThat(files.findByStem("b.txt")).isEqualTo(FileNames.NONE);
  }

  @Test
  void keepsLabelsInTheOrderOfTheClasses() {
    LabelledFiles.Builder files = new LabelledFiles.Builder();
    assertThat(files.add("x.jpg", 5, Set.of("dog"))).isTrue();
    assertThat(files.add("x.jpg", 6, Set.of("cat"))).isFalse();
    Path root = Path.of("/data");
    LabelledFiles one = files.build(root, Task.ONE_LABEL, List.of("cat", "dog"));
    assertThat(one.label(0)).isEqualTo(1);
    assertThat(one.labels(0)).containsExactly(1);
    assertThat(one.path(0)).isEqualTo(Path.of("/data/x.jpg"));
    assertThat(one.bytes(0)).isEqualTo(5);

    files.add("/other/y.jpg", 1, List.of());
    files.add("z.jpg", 1, List.of("cat", "dog"));
    for (int i : IntStream.range(0, 100).toArray()) {
      files.add(i + ".jpg", i, List.of("dog", "cat"));
    }
    LabelledFiles many = files.build(root, Task.MANY_LABELS, List.of("cat", "dog"));
    assertThat(many.labels(1)).isEmpty();
    assertThat(many.path(1)).isEqualTo(Path.of("/other/y.jpg"));
    assertThat(many.labels(2)).containsExactly(0, 1);
    assertThat(many.labels(102)).containsExactly(0, 1);
    assertThat(many.bytes(102)).isEqualTo(99);
  }
}
