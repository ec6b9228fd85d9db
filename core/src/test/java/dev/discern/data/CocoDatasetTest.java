package dev.discern.data;

import static dev.discern.data.CsvLabelsTest.labels;
import static dev.discern.data.TestImages.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import java.awt.Color;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CocoDatasetTest {
  private static final String CATEGORIES =
      "[{'supercategory':'animal','id':17,'name':'zebra'},{'id':3,'name':'lamp'},"
          + "{'id':90,'name':'apple'},{'id':5,'name':'yak'}]";

  @TempDir private Path root;

  private Split load(Path source) {
    return Datasets.load(Configs.tiny(source.toString()));
  }

  private void image(String path) {
    TestImages.image(root.resolve(path), Color.RED);
  }

  private Path json(String path, String text) {
    return write(root.resolve(path), text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  // Nine images in a folder: three are of zebra, three of both (lamp as a crowd), three of none.
  private String instances(String folder, String part) {
    List<String> images = new ArrayList<>();
    List<String> annotations = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      image(folder + part + i + ".png");
      images.add("{'license':1,'file_name':'" + part + i + ".png','id':" + (100 + i) + "}");
      if (i < 6) {
        annotations.add(annotation(100 + i, 17, 0));
        annotations.add(annotation(100 + i, 17, 0));
      }
      if (i >= 3 && i < 6) {
        annotations.add(annotation(100 + i, 3, 1));
      }
    }
    return "{'info':{'images':[1]},'annotations':"
        + annotations
        + ",'images':"
        + images
        + ",'categories':"
        + CATEGORIES
        + "}";
  }

  private static String annotation(int image, int category, int crowd) {
    String shape = crowd == 1 ? "{'counts':[1,2,3],'size':[8,8]}" : "[[1.5,2,3,4,5,6],[1,2,3]]";
    return "{'segmentation':"
        + shape
        + ",'iscrowd':"
        + crowd
        + ",'image_id':"
        + image
        + ",'category_id':"
        + category
        + ",'id':1}";
  }

  private void assertRefused(String text, String... parts) {
    Path file = json("bad.json", text);
    assertThatThrownBy(() -> load(file))
        .isInstanceOf(WorkFailed.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(file.toString()).contains(parts));
  }

  @Test
  void readsOneFileWithImagesBesideIt() {
    Path file = json("some.json", instances("", "a"));

    Split split = load(file);

    assertThat(Datasets.task(Configs.of(file.toString()))).isEqualTo(Task.MANY_LABELS);
    assertThat(Datasets.nameOf(file.toString())).isEqualTo("some");
    assertThat(split.classNames()).containsExactly("lamp", "zebra");
    assertThat(labels(split))
        .hasSize(9)
        .containsEntry("a0.png", List.of("zebra"))
        .containsEntry("a5.png", List.of("lamp", "zebra"))
        .containsEntry("a8.png", List.of());
    assertThat(split.validation().classCounts()).containsExactly(1, 1);
    assertThat(split.notes())
        .containsExactly("2 categories were left out, since no image carries them: yak, apple.");
  }

  @Test
  void readsOneFileInCocosLayout() {
    Path file = json("annotations/instances_val2017.json", instances("val2017/", "v"));

    assertThat(labels(load(file))).hasSize(9).containsKey("val2017/v0.png");
    assertThat(Datasets.nameOf(file.toString())).isEqualTo("instances_val2017");
  }

  @Test
  void readsAFolderWithItsParts() {
    json("annotations/instances_train2017.json", instances("train2017/", "t"));
    json("annotations/captions_train2017.json", "no matter");
    json("annotations/instances_val2017.json", instances("val2017/", "v"));

    Split drawn = load(root);

    assertThat(Datasets.task(Configs.of(root.toString()))).isEqualTo(Task.MANY_LABELS);
    assertThat(drawn.validation().size()).isEqualTo(9);
    assertThat(drawn.validation().describe(0)).isEqualTo("val2017/v0.png");
    assertThat(drawn.test().describe(0)).startsWith("train2017/t");
    assertThat(drawn.train().size() + drawn.test().size()).isEqualTo(9);

    json(
        "annotations/instances_test.json",
        instances("test/", "e").replace("'category_id':3", "'category_id':17"));
    Split given = load(root);
    assertThat(given.train().size()).isEqualTo(9);
    assertThat(given.test().describe(3)).isEqualTo("test/e3.png");
    assertThat(given.test().classCounts()).containsExactly(0, 6);
    assertThat(given.notes())
        .containsExactlyInAnyOrder(
            "2 categories were left out, since no image carries them: yak, apple.",
            "No test image carries 'lamp'.");
  }

  @Test
  void readsPartsWhoseCategoriesHaveOtherIds() {
    json("annotations/instances_train2017.json", instances("train2017/", "t"));
    json(
        "annotations/instances_val2017.json",
        instances("val2017/", "v")
            .replace("'id':17", "'id':'z'")
            .replace("category_id':17", "category_id':'z'"));

    Split split = load(root);

    assertThat(split.validation().classNames()).containsExactly("lamp", "zebra");
    assertThat(split.validation().classCounts()).containsExactly(3, 6);
  }

  @Test
  void refusesPartsThatDoNotFit() {
    json("annotations/instances_train2017.json", instances("train2017/", "t"));
    String other = instances("val2017/", "v");

    json("annotations/instances_val2017.json", other.replace("zebra", "horse"));
    assertThatThrownBy(() -> load(root)).hasMessageContaining("carries 'horse'");
    json("annotations/instances_val2017.json", other.replace("'id':17", "'id':18"));
    assertThatThrownBy(() -> load(root)).hasMessageContaining("are of the category 17");

    json("annotations/instances_val2017.json", other.replace("_id':3,", "_id':90,"));
    assertThatThrownBy(() -> load(root))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("No training image")
        .hasMessageContaining("'apple'");

    json("annotations/instances_train2014.json", other);
    assertThatThrownBy(() -> load(root)).hasMessageContaining("does not say which file");
  }

  @Test
  void notesImagesThatAreListedInTwoParts() {
    json("annotations/instances_train2017.json", instances("train2017/", "t"));
    json(
        "annotations/instances_val2017.json",
        instances("val2017/", "v").replace("'v", "'../train2017/t"));

    assertThat(load(root).notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .contains("9 of 9 validation images are duplicates of training images")
                    .contains("such as train2017/t0.png"));
  }

  @Test
  void refusesWhatIsNotACocoFile() {
    String good = instances("", "a");
    assertRefused("[]", "not a file of COCO annotations", "images, annotations, categories");
    assertRefused("{'info':{}}", "lacks images, categories");
    assertRefused(good.replace("'categories'", "'classes'"), "lacks categories.");
    assertRefused(good.substring(0, good.length() / 2), "not valid JSON (line 1)");
    assertRefused(good.substring(0, good.length() - 1), "not valid JSON (line 1)");
    assertRefused("", "not a file of COCO annotations");
    assertRefused("{'images':{},'annotations':[],'categories':[]}", "images is not a list");
    assertRefused("{'images':[7]}", "number 1 of images is not an object");
    assertRefused("{'images':[{'id':1}]}", "number 1 of images has no file_name");
    assertRefused("{'images':[{'id':1,'file_name':null}]}", "has no file_name");
    assertRefused("{'images':[{'file_name':'a'}]}", "number 1 of images has no id");
    assertRefused("{'annotations':[{'image_id':1}]}", "number 1 of annotations has no category_id");
    assertRefused(good.replace("'image_id':104", "'image_id':999"), "of the image 999, which");
    assertRefused(good.replace("_id':3,", "_id':4,"), "of the category 4, which");
    assertRefused(good.replace("'id':101", "'id':100"), "number 2 of images repeats the id");
    assertRefused(good.replace("'id':3,", "'id':17,"), "number 2 of categories repeats the id");
    assertRefused(
        good.replace("a1.png", "a0.png"), "number 2 of images repeats the file_name a0.png");
    assertRefused(good.replace("a1.png", "a\\u0000.png"), "not paths");
    assertRefused(good.replace("a1.png", "gone.png"), "gone.png", "does not exist");
    assertRefused(good.replace("_id':3,", "_id':17,"), "only one label (zebra)");
    assertRefused("{'images':[],'annotations':[],'categories':[]}", "lists no images");
    assertRefused("{'a':".repeat(5000), "not valid JSON");
  }

  @Test
  void streamsLongSegmentations() {
    // 200 MB of text would take more than the heap as a tree; this many points take a second.
    String points = "1234.56,".repeat(400_000) + "1";
    Path file = json("long.json", instances("", "a").replace("1.5,2,3,4,5,6", points));

    assertThat(load(file).classNames()).hasSize(2);
  }
}
