package dev.discern.data;

import static dev.discern.data.Sources.files;
import static dev.discern.data.Sources.labels;
import static dev.discern.data.Sources.list;
import static dev.discern.data.Sources.task;
import static dev.discern.data.Sources.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CocoExportsTest {
  @TempDir private Path root;

  /** Three images named by a pattern: of cat, of dog and cat, of dog. */
  private static String json(String pattern) {
    return json(pattern, "[1],[2,1],[2]");
  }

  private static String json(String pattern, String categoriesOfImages) {
    List<String> images = new ArrayList<>();
    List<String> annotations = new ArrayList<>();
    String[] sets =
        categoriesOfImages.substring(1, categoriesOfImages.length() - 1).split("],\\[", -1);
    for (int i = 0; i < sets.length; i++) {
      images.add("{\"id\":\"i%d\",\"file_name\":\"%s\"}".formatted(i, pattern.formatted(i)));
      for (String category : sets[i].split(",")) {
        if (!category.isEmpty()) {
          annotations.add("{\"image_id\":\"i%d\",\"category_id\":%s}".formatted(i, category));
        }
      }
    }
    return "{\"images\":%s,\"annotations\":%s,\"categories\":%s}"
        .formatted(
            images,
            annotations,
            "[{\"id\":0,\"name\":\"cat\",\"supercategory\":\"none\"},"
                + "{\"id\":1,\"name\":\"cat\",\"supercategory\":\"cat\"},{\"id\":2,\"name\":\"dog\"}]");
  }

  @ParameterizedTest
  @CsvSource({
    "annotations/instances_default.json,images,%d.jpg",
    "annotations/instances_default.json,images/default,%d.jpg",
    "annotations/instances_train2017.json,images/train2017,%d.jpg",
    "annotations/instances_train2017.json,train2017,%d.jpg",
    "annotations/instances_Train.json,images/Train,%d.jpg",
    "Annotations/instances_default.json,Images,%d.jpg",
    "annotations/train.json,images,%d.jpg",
    "result.json,images,images/%d.jpg",
    "result.json,images,images\\\\%d.jpg",
    "result.json,images,../../label-studio/data/images/%d.jpg",
    "result.json,images,/data/local-files/?d=set/%d.jpg",
    "result.json,images,https://host/images/%d.jpg?token=a&b=1",
    "_annotations.coco.json,.,%d.jpg",
    "labels.json,data,%d.jpg",
    "annotations.json,photos,C:\\\\me\\\\%d.jpg",
    "annotations.json,images,%d.JPG"
  })
  void findsImagesWhereToolsPutThem(String file, String folder, String pattern) {
    for (int i = 0; i < 3; i++) {
      files(root, folder + "/" + i + ".jpg");
    }
    text(root.resolve(file), json(pattern));

    for (Path source : List.of(root, root.resolve(file))) {
      FileParts parts = list(source);
      assertThat(labels(parts.train()).values())
          .containsExactly(List.of("cat"), List.of("cat", "dog"), List.of("dog"));
      assertThat(parts.train().task()).isEqualTo(Task.MANY_LABELS);
      assertThat(task(source.toString())).isEqualTo(Task.MANY_LABELS);
    }
  }

  @Test
  void readsRoboflowsParts() {
    for (String part : List.of("train", "valid", "test")) {
      files(root, part + "/0.jpg", part + "/1.jpg", part + "/2.jpg");
      text(root.resolve(part + "/_annotations.coco.json"), json("%d.jpg"));
    }

    FileParts parts = list(root);

    assertThat(parts.train().classNames()).containsExactly("cat", "dog");
    assertThat(labels(parts.validation().orElseThrow())).containsKey("valid/1.jpg");
    assertThat(parts.test().orElseThrow().size()).isEqualTo(3);
    assertThat(parts.notes()).isEmpty();
  }

  @Test
  void readsOneClassPerImageWhereEachHasOneCategory() {
    files(root, "0.jpg", "1.jpg", "2.jpg");
    text(root.resolve("c.json"), json("%d.jpg", "[1],[2],[1,1]"));
    String file = root.resolve("c.json").toString();

    assertThat(list(file).train().task()).isEqualTo(Task.ONE_LABEL);
    assertThat(task(file)).isEqualTo(Task.ONE_LABEL);
    assertThat(list("several-labels:" + file).train().task()).isEqualTo(Task.MANY_LABELS);

    text(root.resolve("c.json"), json("%d.jpg", "[1],[2],[]"));
    assertThat(task(file)).isEqualTo(Task.MANY_LABELS);
    assertThat(list(file).notes()).singleElement().asString().contains("1 image has no label");
  }

  @Test
  void leavesOutPartsWithoutAnnotations() {
    files(root, "train/0.jpg", "train/1.jpg", "train/2.jpg", "test/0.jpg", "val/0.jpg");
    text(root.resolve("annotations/instances_train.json"), json("%d.jpg", "[1],[2],[1]"));
    text(
        root.resolve("annotations/image_info_test.json"),
        "{\"images\":[{\"id\":1,\"file_name\":\"0.jpg\"}],\"categories\":[]}");

    FileParts parts = list(root);

    assertThat(parts.test()).isEmpty();
    assertThat(parts.train().task()).isEqualTo(Task.ONE_LABEL);
    assertThat(task(root.toString())).isEqualTo(Task.ONE_LABEL);
  }

  @Test
  void saysWhatIsMissing() {
    files(root, "0.jpg");
    text(
        root.resolve("c.json"),
        "{\"images\":[{\"id\":1,\"file_name\":\"0.jpg\"}],\"categories\":[]}");
    assertThatThrownBy(() -> list(root.resolve("c.json")))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("has no labels");

    text(root.resolve("d.json"), json("%d.jpg"));
    assertThatThrownBy(() -> list(root))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("c.json, d.json")
        .hasMessageContaining("give the path of one file");
  }
}
