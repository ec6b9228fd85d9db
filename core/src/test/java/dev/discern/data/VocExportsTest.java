package dev.discern.data;

import static dev.discern.data.Sources.files;
import static dev.discern.data.Sources.labels;
import static dev.discern.data.Sources.list;
import static dev.discern.data.Sources.task;
import static dev.discern.data.Sources.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.Task;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocExportsTest {
  @TempDir private Path root;

  private void annotation(String file, String fileName, String... objects) {
    StringBuilder xml = new StringBuilder("<?xml version='1.0'?><annotation>");
    xml.append(fileName.isEmpty() ? "" : "<filename>" + fileName + "</filename>");
    for (String object : objects) {
      xml.append("<object><name>").append(object).append("</name><bndbox/></object>");
    }
    text(root.resolve(file), xml + "</annotation>");
  }

  /** Three images: of cat, of dog and cat, of dog. */
  private void three(String annotations, String images, String fileName) {
    files(root, images + "/a 0.jpg", images + "/a 1.jpg", images + "/a 2.jpg");
    annotation(annotations + "/a 0.xml", fileName.replace("?", "a 0"), "cat");
    annotation(annotations + "/a 1.xml", fileName.replace("?", "a 1"), "dog", "cat", "dog");
    annotation(annotations + "/a 2.xml", fileName.replace("?", "a 2"), "dog");
  }

  @ParameterizedTest
  @CsvSource({
    "Annotations,JPEGImages,?.jpg",
    "Annotations,JPEGImages,?",
    "Annotations,JPEGImages,?.png",
    "Annotations,JPEGImages,''",
    "Annotations,images,/home/me/pictures/?.jpg",
    "annotations,images,C:\\me\\?.jpg",
    "Annotations,Images,folder/?.JPG",
    "Annotations,.,?.jpg",
    ".,.,?.jpg",
    "VOCdevkit/VOC2012/Annotations,VOCdevkit/VOC2012/JPEGImages,?.jpg"
  })
  void findsImagesWhereToolsPutThem(String annotations, String images, String fileName) {
    three(annotations, images, fileName);

    FileParts parts = list(root);

    assertThat(labels(parts.train()).values())
        .containsExactly(List.of("cat"), List.of("cat", "dog"), List.of("dog"));
    assertThat(task(root.toString())).isEqualTo(Task.MANY_LABELS);
  }

  @Test
  void readsRoboflowsParts() {
    three("train", "train", "?.jpg");
    three("valid", "valid", "?.jpg");
    three("test", "test", "?.jpg");

    FileParts parts = list(root);

    assertThat(labels(parts.train())).containsKey("train/a 0.jpg");
    assertThat(parts.validation().orElseThrow().size()).isEqualTo(3);
    assertThat(parts.test().orElseThrow().size()).isEqualTo(3);
  }

  @Test
  void readsListsOfClassesAndNamesWithBlanks() {
    three("Annotations", "JPEGImages", "?.jpg");
    text(root.resolve("ImageSets/Main/cat_train.txt"), "a 0  1\na 1 -1\n");
    text(root.resolve("ImageSets/Main/dog_train.txt"), "a 0 -1\na 1  1\n");
    text(root.resolve("ImageSets/Main/cat_val.txt"), "a 2 -1\n");

    FileParts parts = list(root);

    assertThat(parts.train().size()).isEqualTo(2);
    assertThat(labels(parts.validation().orElseThrow())).containsOnlyKeys("JPEGImages/a 2.jpg");
  }

  @Test
  void readsOtherEncodingsAndRefusesWrongOnes() {
    three("Annotations", "JPEGImages", "?.jpg");
    String object = "<annotation><object><name>caf\u00e9</name></object></annotation>";
    Path file = root.resolve("Annotations/a 1.xml");
    String latin = "<?xml version='1.0' encoding='ISO-8859-1'?>" + object;
    TestImages.write(file, latin.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(list(root).train().classNames()).containsExactly("caf\u00e9", "cat", "dog");
    TestImages.write(file, ("\uFEFF" + object).getBytes(StandardCharsets.UTF_16LE));
    assertThat(list(root).train().classNames()).contains("caf\u00e9");

    TestImages.write(file, object.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> list(root)).hasMessageContaining("not valid XML");
    text(file, "<?xml version='1.0' encoding='nonesuch'?>" + object);
    assertThatThrownBy(() -> list(root)).hasMessageContaining("not valid XML");
  }

  @Test
  void readsDeeplyNestedElements() {
    three("Annotations", "JPEGImages", "?.jpg");
    text(
        root.resolve("Annotations/a 1.xml"),
        "<annotation>" + "<x>".repeat(50_000) + "</x>".repeat(50_000) + "</annotation>");

    assertThat(list(root).train().size()).isEqualTo(3);
  }

  @Test
  void readsListsOfPaths() {
    three("Annotations", "JPEGImages", "?.jpg");
    text(root.resolve("ImageSets/Main/train.txt"), "JPEGImages/a 0.jpg\nJPEGImages\\a 1.jpg\n");
    text(root.resolve("ImageSets/Main/test.txt"), "a 2.jpg\n");

    FileParts parts = list(root);

    assertThat(parts.train().size()).isEqualTo(2);
    assertThat(parts.test().orElseThrow().size()).isEqualTo(1);
  }

  @Test
  void readsOneClassPerImageWhereEachHasOneLabel() {
    three("Annotations", "JPEGImages", "?.jpg");
    annotation("Annotations/a 1.xml", "", "dog", "dog");

    assertThat(list(root).train().task()).isEqualTo(Task.ONE_LABEL);
    assertThat(task(root.toString())).isEqualTo(Task.ONE_LABEL);
    assertThat(task("several-labels:" + root)).isEqualTo(Task.MANY_LABELS);
  }
}
