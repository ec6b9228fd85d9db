package dev.discern.data;

import static dev.discern.data.CsvLabelsTest.labels;
import static dev.discern.data.TestImages.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocFolderTest {
  @TempDir private Path root;

  private Split load() {
    return Datasets.load(Configs.tiny(root.toString()));
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(this::load)
        .isInstanceOf(WorkFailed.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  private void text(String path, String text) {
    write(root.resolve(path), text.getBytes(StandardCharsets.UTF_8));
  }

  private static String object(String name, String rest) {
    return "<object><name> " + name + " </name>" + rest + "</object>";
  }

  private void annotation(String id, String fileName, String... objects) {
    text(
        "Annotations/" + id + ".xml",
        "<annotation><folder>VOC</folder><filename>"
            + fileName
            + "</filename>"
            + String.join("", objects)
            + "</annotation>");
  }

  private void image(String name) {
    TestImages.image(root.resolve("JPEGImages").resolve(name), Color.RED);
  }

  private void list(String part, int from, int to) {
    text(
        "ImageSets/Main/" + part + ".txt",
        IntStream.range(from, to).mapToObj(i -> "id" + i + "  -1\n").collect(Collectors.joining()));
  }

  // id0 to id11: person, person with dog, dog, none, and so on.
  @BeforeEach
  void twelveImages() {
    for (int i = 0; i < 12; i++) {
      image("id" + i + ".jpg");
      String person = object("person", "<part><name>head</name></part><difficult>0</difficult>");
      annotation(
          "id" + i,
          "id" + i + ".jpg",
          i % 4 < 2 ? person : "",
          i % 4 % 3 > 0 ? object("dog", "") : "");
    }
  }

  @Test
  void readsAnnotationsAndDrawsTheParts() throws IOException {
    text("Annotations/.hidden.xml", "no matter");
    text("Annotations/readme.txt", "no matter");

    Split split = load();

    assertThat(Datasets.task(Configs.of(root.toString()))).isEqualTo(Task.MANY_LABELS);
    assertThat(split.task()).isEqualTo(Task.MANY_LABELS);
    assertThat(split.classNames()).containsExactly("dog", "person");
    assertThat(labels(split))
        .hasSize(12)
        .containsEntry("JPEGImages/id0.jpg", List.of("person"))
        .containsEntry("JPEGImages/id1.jpg", List.of("dog", "person"))
        .containsEntry("JPEGImages/id2.jpg", List.of("dog"))
        .containsEntry("JPEGImages/id11.jpg", List.of());
    assertThat(split.validation().classCounts()).doesNotContain(0);

    Files.createDirectories(root.resolve("ImageSets/Main"));
    text("ImageSets/Main/dog_train.txt", "id0 1");
    assertThat(load().train().size()).isEqualTo(split.train().size());
  }

  @Test
  void passesOverDifficultObjects() {
    annotation(
        "id0",
        "id0.jpg",
        object("person", "<difficult> 1 </difficult>"),
        object("dog", "<difficult>0</difficult>"));
    annotation(
        "id1", "id1.jpg", object("person", "<difficult>1</difficult>"), object("person", ""));

    assertThat(labels(load()))
        .containsEntry("JPEGImages/id0.jpg", List.of("dog"))
        .containsEntry("JPEGImages/id1.jpg", List.of("person"));
  }

  @Test
  void findsImagesByNameOrElseByTheAnnotation() {
    image("other.jpg");
    annotation("id0", "other.jpg", object("person", ""));
    annotation("id1", "gone.jpg", object("dog", ""));
    text("Annotations/id2.xml", "<annotation>" + object("dog", "") + "</annotation>");

    assertThat(labels(load()))
        .hasSize(12)
        .containsKeys("JPEGImages/other.jpg", "JPEGImages/id1.jpg", "JPEGImages/id2.jpg")
        .doesNotContainKey("JPEGImages/id0.jpg");
  }

  @Test
  void takesListsThatAreGiven() {
    list("train", 0, 5);
    list("val", 5, 8);
    list("trainval", 0, 12);
    list("test", 8, 12);

    Split split = load();

    assertThat(split.train().size()).isEqualTo(5);
    assertThat(split.validation().size()).isEqualTo(3);
    assertThat(split.test().size()).isEqualTo(4);
    assertThat(split.test().describe(0)).isEqualTo("JPEGImages/id8.jpg");
    assertThat(split.notes()).isEmpty();
  }

  @Test
  void drawsPartsWithoutAListOrAnnotations() throws IOException {
    list("trainval", 0, 8);
    assertThat(labels(load())).hasSize(8);

    list("val", 0, 3);
    Split split = load();
    assertThat(split.validation().size()).isEqualTo(3);
    assertThat(split.train().size() + split.test().size()).isEqualTo(5);

    list("test", 8, 12);
    assertThat(load().test().size()).isEqualTo(4);

    Files.delete(root.resolve("Annotations/id9.xml"));
    split = load();
    assertThat(split.test().describe(0)).isIn(labels(load()).keySet());
    assertThat(labels(split)).hasSize(8).doesNotContainKey("JPEGImages/id8.jpg");
    assertThat(split.notes()).singleElement().asString().contains("ImageSets/Main/test.txt");
  }

  @Test
  void refusesBadLists() {
    list("test", 8, 12);
    assertRefused("neither train.txt nor trainval.txt");

    list("train", 0, 9);
    assertThat(load().notes())
        .anySatisfy(
            note -> assertThat(note).contains("1 of 4 test images is a duplicate of a training"));

    list("train", 7, 19);
    list("test", 0, 7);
    assertRefused("Annotations of the training", "id12.xml", "... and 2 more such files.");

    list("train", 0, 0);
    assertRefused("lists no images for training");
    text("ImageSets/Main/train.txt", "a\0b");
    assertRefused("Annotations of the training", "a b.xml");
  }

  @Test
  void refusesBadAnnotations() {
    String file = root.resolve("Annotations/id3.xml").toString();
    text("Annotations/id3.xml", "<annotation>\n<object></annotation>");
    assertRefused(file, "not valid XML (line 2)");
    text("Annotations/id3.xml", "");
    assertRefused(file, "not valid XML");
    text("Annotations/id3.xml", "<html/>");
    assertRefused(file, "<html>, not <annotation>");
    text("Annotations/id3.xml", "<annotation><object/></annotation>");
    assertRefused(file, "<object> without a <name>");
    annotation("id3", "id3.jpg", object("dog", ""), "<object/>");
    assertRefused(file, "<object> without a <name>");
    annotation("id3", "gone.jpg");
    assertThat(root.resolve("JPEGImages/id3.jpg").toFile().delete()).isTrue();
    assertRefused("gone.jpg", "does not exist");
  }

  @Test
  void refusesDocumentTypesAndReadsNothingElse() {
    text("secret", "dog");
    String bomb = "<!DOCTYPE a [<!ENTITY b '" + "x".repeat(1000) + "'>\n";
    for (int k = 0; k < 9; k++) {
      bomb += "<!ENTITY b" + k + " '" + ("&b" + (k == 0 ? "" : k - 1) + ";").repeat(20) + "'>\n";
    }
    for (String head :
        List.of(
            "<!DOCTYPE a [<!ENTITY b8 SYSTEM '" + root.resolve("secret").toUri() + "'>]>",
            "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'>",
            bomb + "]>")) {
      text("Annotations/id3.xml", head + "<annotation>" + object("&b8;", "") + "</annotation>");
      assertRefused(root.resolve("Annotations/id3.xml").toString(), "document type");
    }
    // Without a document type an entity is no XML, wherever its name leads.
    annotation("id3", "&b8;");
    assertRefused("id3.xml", "not valid XML");
  }
}
