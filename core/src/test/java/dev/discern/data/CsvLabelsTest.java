package dev.discern.data;

import static dev.discern.data.TestImages.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.DataConfig;
import dev.discern.config.InvalidConfig;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLabelsTest {
  @TempDir private Path root;

  private String source() {
    return root.resolve("labels.csv").toString();
  }

  private void csv(String text) {
    write(root.resolve("labels.csv"), text.getBytes(StandardCharsets.UTF_8));
  }

  private void image(String path) {
    TestImages.image(root.resolve(path), Color.RED);
  }

  private Split load() {
    return Datasets.load(small(0, 0));
  }

  private DataConfig small(int limit, int compose) {
    return Configs.tiny(source(), "limitTrain", limit, "compose", compose);
  }

  /** Label names by path, of all parts. */
  static Map<String, List<String>> labels(Split split) {
    Map<String, List<String>> labels = new TreeMap<>();
    for (ImageSet part : List.of(split.train(), split.validation(), split.test())) {
      for (int i = 0; i < part.size(); i++) {
        labels.put(
            part.describe(i),
            IntStream.of(part.labels(i)).mapToObj(part.classNames()::get).toList());
      }
    }
    return labels;
  }

  private void assertRefused(String csv, String... parts) {
    csv(csv);
    assertThatThrownBy(this::load)
        .isInstanceOf(WorkFailed.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  /** Lines of ten images: a0 to a2 with x, a3 to a5 with x and y, a6 to a8 with y, a9 with none. */
  private String tenLines() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      image("img/a" + i + ".png");
      String set = i < 3 ? "x" : i < 6 ? "y;x" : i < 9 ? "y" : "";
      lines.append("img/a").append(i).append(".png,").append(set).append('\n');
    }
    return lines.toString();
  }

  @Test
  void readsLabelsAndDrawsTheParts() {
    csv("path,labels\n" + tenLines());

    Split split = load();

    assertThat(Datasets.task(small(0, 0))).isEqualTo(Task.MANY_LABELS);
    assertThat(split.task()).isEqualTo(Task.MANY_LABELS);
    assertThat(split.classNames()).containsExactly("x", "y");
    assertThat(labels(split))
        .hasSize(10)
        .containsEntry("img/a0.png", List.of("x"))
        .containsEntry("img/a4.png", List.of("x", "y"))
        .containsEntry("img/a8.png", List.of("y"))
        .containsEntry("img/a9.png", List.of());
    assertThat(split.train().size()).isEqualTo(6);
    assertThat(split.notes()).isEmpty();
    assertThatThrownBy(() -> split.train().label(0)).isInstanceOf(IllegalStateException.class);
    byte[] pixels = TestImages.seen(split.train(), 0, split.shape());
    assertThat(pixels[0]).isEqualTo((byte) 255);
    split.train().labels(0)[0] = 99;
    assertThat(split.train().labels(0)).doesNotContain(99);
  }

  @Test
  void takesQuotesBlanksMarksDoublesAndAbsolutePaths() {
    image("a, b.png");
    image("c\"d.png");
    Path elsewhere = root.resolve("e.png");
    image("e.png");
    csv(
        "\uFEFFPath , Labels\r\n"
            + "\"a, b.png\", x ;y; x;\r\n"
            + "\r\n"
            + " \"c\"\"d.png\" , \"y; two words\" \r\n"
            + elsewhere
            + ",two words;x\r\n"
            + tenLines().replace("y", "y;two words"));

    assertThat(labels(load()))
        .containsEntry("a, b.png", List.of("x", "y"))
        .containsEntry("c\"d.png", List.of("two words", "y"))
        .containsEntry("e.png", List.of("two words", "x"))
        .hasSize(13);
  }

  @Test
  void notesALabelThatMarksMissingValues() {
    csv("path,labels\n" + tenLines().replace(",y\n", ",NaN\n"));
    assertThat(load().notes())
        .anyMatch(note -> note.startsWith("'NaN' is a class like the others"));
  }

  @Test
  void refusesBadLinesByNumber() {
    String good = tenLines();
    assertRefused(good + "b.png\n", "Line 11 of " + source(), "has 1 field.", "path,label;label");
    assertRefused(good + "b.png,x,y\n", "Line 11 of", "has 3 fields");
    assertRefused("path,labels\n,x\n" + good, "Line 2 of", "names no file");
    assertRefused(good + "b\0.png,x\n", "names that are not paths", "line 11");
    assertRefused(good + "img/../img/a3.png,x\n", "lists images twice", "img/a3.png (line 11)");
    assertRefused(good + "\"b.png\"c,x\n", "not a valid CSV", "line 11");
    assertRefused(good + "\"b.png,x\n", "not a valid CSV", "line 11");
    // A header is the first line only.
    assertRefused(good + "path,labels\n", "does not exist", "path (line 11)");
  }

  @Test
  void namesAllBadLinesAtOnce() {
    assertRefused(
        tenLines() + "b.png\nc.png,x,y\n,x\n",
        "Line 11 of",
        "Line 12 of",
        "Line 13 of",
        "Write path,label");
    assertRefused(tenLines() + "a\n".repeat(9), "Line 15 of", "... and 4 more such lines.");
  }

  @Test
  void refusesFilesThatMakeNoDataSet() throws IOException {
    assertRefused("", "lists no images");
    assertRefused("path,labels\n", "lists no images");
    assertRefused(tenLines().replaceAll(",.*", ","), "has no labels", "2 classes at least");
    assertRefused(tenLines().replaceAll(",.*", ",x"), "only one label (x)", "2 classes at least");
    assertRefused(tenLines() + "img/b0.jpg,z\n", "img/b0.jpg", "does not exist");
    image("b.png");
    assertRefused(tenLines() + "b.png,z\n", "Class 'z' has 1 image, too few");
    Files.write(root.resolve("labels.csv"), new byte[] {'a', ',', (byte) 0xff, '\n'});
    assertThatThrownBy(this::load)
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("not in UTF-8");
  }

  @Test
  void namesTheFirstFewMissingImages() {
    String missing =
        IntStream.range(0, 7).mapToObj(i -> "gone" + i + ".png,x\n").reduce("", String::concat);
    assertRefused(
        tenLines() + missing,
        "7 images that " + source() + " lists do not exist",
        "Looked in " + root + ", ",
        "gone0.png (line 11)",
        "gone4.png",
        "... and 2 more such files.");
    assertThatThrownBy(this::load).hasMessageNotContaining("gone5.png");
  }

  @Test
  void limitsAndRefusesToCompose() {
    csv(tenLines());

    assertThat(Datasets.load(small(2, 0)).train().size()).isEqualTo(2);
    assertThatThrownBy(() -> Datasets.load(small(0, 2)))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("data.compose is 2")
        .hasMessageContaining("several labels already");
  }

  @Test
  void isASourceLikeOthers() {
    csv(tenLines());

    assertThat(Datasets.nameOf(source())).isEqualTo("labels");
    assertThat(Datasets.isNamed(source())).isFalse();
    assertThat(Datasets.canonical(root + "/../" + root.getFileName() + "/labels.csv"))
        .isEqualTo(source());
    assertThat(Datasets.settings(source())).isEqualTo(Datasets.settings(root.toString()));
    for (String none : List.of(root + "/none.csv", root + "/img/a0.png")) {
      assertThatThrownBy(() -> Datasets.settings(none))
          .isInstanceOf(InvalidConfig.class)
          .hasMessageContaining(none)
          .hasMessageContaining("CSV")
          .hasMessageContaining("VOC")
          .hasMessageContaining("COCO");
    }
  }

  @Test
  void theFingerprintTellsLabelSetsApart() {
    csv(tenLines());
    String before = Fingerprint.of(load());
    assertThat(Fingerprint.of(load())).isEqualTo(before);

    // The draw is the same, as the classes' counts are.
    csv(tenLines().replace("a9.png,", "a9.png,x").replace("a0.png,x", "a0.png,"));
    assertThat(Fingerprint.of(load())).isNotEqualTo(before);
  }
}
