package dev.discern.data;

import static dev.discern.data.Sources.files;
import static dev.discern.data.Sources.images;
import static dev.discern.data.Sources.labels;
import static dev.discern.data.Sources.list;
import static dev.discern.data.Sources.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderLayoutTest {
  @TempDir private Path root;

  private void assertRefused(String... parts) {
    assertThatThrownBy(() -> list(root))
        .isInstanceOf(WorkFailed.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts).endsWith("."));
  }

  @Test
  void findsImagesAtAnyDepthBelowAClassFolder() {
    images(root, "cat", "cat/2023", "dog/2023/may", "dog/2024");
    files(root, "cat/UPPER.JPG", "cat/x.jfif", "cat/x.webp", "dog/x.Tiff", "dog/x.bmp");

    LabelledFiles files = list(root).train();

    assertThat(files.size()).isEqualTo(17);
    assertThat(labels(files))
        .containsEntry("cat/2023/a0.jpg", List.of("cat"))
        .containsEntry("dog/2023/may/a2.jpg", List.of("dog"))
        .containsEntry("cat/UPPER.JPG", List.of("cat"));
    assertThat(files.path(0)).isEqualTo(root.resolve(files.describe(0)));
    assertThat(files.bytes(0)).isEqualTo(files.describe(0).length());
  }

  @ParameterizedTest
  @CsvSource({
    "train,val,test",
    "Train,Val,Test",
    "TRAIN,VALID,TEST",
    "training,validation,testing",
    "train_set,valid_set,test_set",
    "training-images,validation-images,test-images",
    "trainset,valset,testset",
    "TrainData,DevData,TestData",
    "train2017,val2017,test2017",
    "seg_train,seg_val,seg_test",
    "train,dev,test",
    "Training Set,Evaluation Set,Holdout",
  })
  void knowsPartsByTheirNames(String train, String validation, String test) {
    images(root, train + "/cat", train + "/dog");
    images(root, validation + "/cat", validation + "/dog", test + "/cat", test + "/dog");

    FileParts parts = list(root);

    assertThat(parts.train().describe(0)).isEqualTo(train + "/cat/a0.jpg");
    assertThat(parts.validation().orElseThrow().describe(0)).startsWith(validation + "/");
    assertThat(parts.test().orElseThrow().describe(0)).startsWith(test + "/");
    assertThat(parts.train().classNames()).containsExactly("cat", "dog");
    assertThat(parts.notes()).isEmpty();
  }

  @Test
  void takesClassesWhoseNamesOnlyContainTheWordsOfParts() {
    images(root, "train station", "test tube", "train");

    assertThat(list(root).train().classNames())
        .containsExactly("test tube", "train", "train station");
  }

  @Test
  void drawsAllPartsOfATrainFolderAlone() {
    images(root, "train/cat", "train/dog");

    FileParts parts = list(root);

    assertThat(parts.train().classNames()).containsExactly("cat", "dog");
    assertThat(parts.validation()).isEmpty();
    assertThat(parts.test()).isEmpty();
  }

  @Test
  void looksIntoWrappers() {
    images(root, "dataset/dataset/train/cat", "dataset/dataset/train/dog");
    images(root, "dataset/dataset/test/cat", "dataset/dataset/test/dog");

    FileParts parts = list(root);

    assertThat(parts.train().size()).isEqualTo(6);
    assertThat(parts.test()).isPresent();
    assertThat(parts.notes()).singleElement().asString().contains("dataset/dataset, the only");
  }

  @Test
  void looksIntoRepeatedPartFolders() {
    images(root, "seg_train/seg_train/cat", "seg_train/seg_train/dog");
    images(root, "seg_test/seg_test/cat", "seg_test/seg_test/dog", "seg_pred/seg_pred");

    FileParts parts = list(root);

    assertThat(parts.train().classNames()).containsExactly("cat", "dog");
    assertThat(parts.test()).isPresent();
    assertThat(parts.notes()).singleElement().asString().contains("seg_pred", "left out");
  }

  @Test
  void leavesOutATestFolderWithoutClassFolders() {
    images(root, "train/cat", "train/dog", "test");
    FileParts flat = list(root);
    assertThat(flat.test()).isEmpty();
    assertThat(flat.train().size()).isEqualTo(6);
    assertThat(flat.notes())
        .singleElement()
        .asString()
        .contains("test has images but no class folders", "test images are drawn");

    assertThat(root.resolve("test").toFile().renameTo(root.resolve("x").toFile())).isTrue();
    assertThat(root.resolve("test").toFile().mkdir()).isTrue();
    assertThat(root.resolve("x").toFile().renameTo(root.resolve("test/images").toFile())).isTrue();
    assertThat(list(root).test()).isEmpty();
  }

  @Test
  void notesAnEmptyPart() throws IOException {
    images(root, "train/cat", "train/dog");
    Files.createDirectories(root.resolve("val/cat"));
    Files.createDirectories(root.resolve("val/dog"));

    FileParts parts = list(root);

    assertThat(parts.validation()).isEmpty();
    assertThat(parts.notes()).singleElement().asString().contains("val has no images");
  }

  @Test
  void notesAClassThatAPartLacksAndFindsItInAnotherCase() throws IOException {
    images(root, "train/Cat", "train/dog", "train/fox", "val/cat", "val/Dog");
    Files.createDirectories(root.resolve("val/fox"));

    FileParts parts = list(root);

    assertThat(labels(parts.validation().orElseThrow()))
        .containsEntry("val/cat/a0.jpg", List.of("Cat"))
        .containsEntry("val/Dog/a0.jpg", List.of("dog"));
    assertThat(parts.notes()).contains("No validation image is of 'fox'.");
  }

  @Test
  void namesAllClassesThatTrainingLacks() {
    images(root, "train/cat", "train/dog", "test/cat", "test/elk", "test/fox");

    assertRefused("classes without training images: elk, fox.");
  }

  @Test
  void readsPartsInClassFolders() {
    images(root, "cat/train", "cat/test", "dog/train", "dog/test", "dog/val");

    FileParts parts = list(root);

    assertThat(parts.train().classNames()).containsExactly("cat", "dog");
    assertThat(parts.train().describe(0)).isEqualTo("cat/train/a0.jpg");
    assertThat(parts.test().orElseThrow().size()).isEqualTo(6);
    assertThat(labels(parts.validation().orElseThrow()))
        .containsOnlyKeys("dog/val/a0.jpg", "dog/val/a1.jpg", "dog/val/a2.jpg");

    images(root, "fox");
    assertRefused("(cat, dog)", "others do not (fox)");
  }

  @Test
  void refusesPartsThatHoldImagesDirectly() {
    images(root, "train", "test");
    assertRefused("train, test, which hold images but no class folders", "folder named train");

    text(root.resolve("train.csv"), "id,label");
    assertRefused("If " + root.resolve("train.csv") + " lists the labels, give its path.");
  }

  @Test
  void refusesSeveralFoldersForOnePartAndPartsWithoutTraining() {
    images(root, "train/cat", "train/dog", "val/cat", "val/dog", "valid/cat", "valid/dog");
    assertRefused("more than one validation folder (val, valid)");
  }

  @Test
  void refusesSeveralTrainingFoldersInOtherSpellings() {
    images(root, "train/cat", "train/dog", "Train/cat", "TRAIN/dog");
    assertRefused("more than one training folder (TRAIN, Train, train)");
  }

  @Test
  void refusesPartsWithoutTraining() {
    images(root, "val/cat", "val/dog", "test/cat", "test/dog");
    assertRefused("no folder train");
  }

  @Test
  void refusesAPartBesideTheClassesThatItHolds() {
    images(root, "cat", "dog", "test/cat", "test/dog");
    assertRefused("test holds class folders", "into a folder named train");
  }

  @Test
  void refusesYoloDetection() {
    images(root, "images/train", "images/val");
    files(root, "labels/train/a0.txt", "data.yaml");
    assertRefused("YOLO", "COCO or PASCAL VOC");
  }

  @Test
  void refusesYoloDetectionInParts() {
    images(root, "train/images", "valid/images");
    files(root, "train/labels/a0.txt", "valid/labels/a0.txt");
    assertRefused("YOLO");
  }

  @Test
  void passesOverRunsInTheFolder() {
    images(root, "cat", "dog", "runs/one/pictures");
    files(root, "runs/one/config.yaml", "runs/one/metrics.jsonl", "runs/two/config.yaml");

    FileParts parts = list(root);

    assertThat(parts.train().classNames()).containsExactly("cat", "dog");
    assertThat(parts.notes()).isEmpty();
  }

  @Test
  void notesFoldersWithoutImagesAndImagesOutsideOfClasses() throws IOException {
    images(root, "cat", "dog");
    files(root, "a0.jpg", "a1.jpg", "a2.jpg");
    Files.createDirectories(root.resolve("docs/deep"));

    assertThat(list(root).notes())
        .containsExactlyInAnyOrder(
            "3 images in "
                + root
                + " lie outside the class folders and were left out, such as"
                + " a0.jpg.",
            "The folder " + root.resolve("docs") + " has no images and was left out.");
  }

  @Test
  void refusesClassesWhoseImagesAreNotRead() {
    images(root, "cat", "dog");
    files(root, "elk/1.heic", "fox/1.avif");

    assertRefused("elk has only HEIC images", "fox has only AVIF images", "JPEG or PNG");
  }

  @Test
  void makesOneClassOfNamesThatLookTheSame() {
    images(root, "caf\u00e9", "cafe\u0301", " dog ", "Dog");

    FileParts parts = list(root);

    assertThat(parts.train().classNames()).containsExactly("Dog", "caf\u00e9", "dog");
    assertThat(parts.train().size()).isEqualTo(12);
    assertThat(parts.notes())
        .anySatisfy(note -> assertThat(note).contains("look the same"))
        .anySatisfy(note -> assertThat(note).contains("'Dog' and 'dog' are two classes"));
  }

  @Test
  void keepsNamesWithOddCharacters() {
    files(
        root,
        "a,b/x\"y.jpg",
        "a,b/new\nline.jpg",
        "\ud83d\ude00 c/\u732b.png",
        "\ud83d\ude00 c/ .png");

    assertThat(labels(list(root).train()))
        .hasSize(4)
        .containsEntry("a,b/new\nline.jpg", List.of("a,b"))
        .containsEntry("\ud83d\ude00 c/\u732b.png", List.of("\ud83d\ude00 c"));
  }

  @Test
  void followsLinksAndIsNotCaughtInLoops() throws IOException {
    images(root, "data/cat/deep", "elsewhere/dogs");
    Files.createSymbolicLink(root.resolve("data/dog"), root.resolve("elsewhere/dogs"));
    Files.createSymbolicLink(root.resolve("data/cat/again"), root.resolve("data/cat/deep"));
    Files.createSymbolicLink(root.resolve("data/cat/up"), root.resolve("data"));
    Files.createSymbolicLink(root.resolve("data/cat/top"), root);
    Files.createSymbolicLink(root.resolve("data/cat/gone.jpg"), root.resolve("gone"));
    Files.createSymbolicLink(root.resolve("data/cat/b.jpg"), root.resolve("data/cat/deep/a0.jpg"));

    FileParts parts = list(root.resolve("data"));

    assertThat(labels(parts.train()).keySet())
        .containsExactly(
            "cat/again/a0.jpg",
            "cat/again/a1.jpg",
            "cat/again/a2.jpg",
            "cat/b.jpg",
            "dog/a0.jpg",
            "dog/a1.jpg",
            "dog/a2.jpg");
    assertThat(parts.notes())
        .containsExactly("1 broken link or special file was left out, such as cat/gone.jpg.");
  }

  @Test
  void takesAnySpellingOfAPath() {
    images(root, "in/cat", "in/dog");

    for (String spelled : List.of("/in/", "/in/.", "/in/../in", "/./in//")) {
      assertThat(list(root + spelled).train().describe(0)).isEqualTo("cat/a0.jpg");
    }
    assertThat(Datasets.canonical(root + "/in/../in/")).isEqualTo(root + "/in");
  }

  @Test
  void saysWhatToDoWithOtherFiles() {
    images(root, "cat", "dog");
    files(root, "data.zip", "data.tar.gz", "list.xlsx", "readme.md");

    assertUnread("data.zip", "archive: unpack it");
    assertUnread("data.tar.gz", "archive: unpack it");
    assertUnread("list.xlsx", "save it as CSV");
    assertUnread("cat/a0.jpg", "is one image");
    assertUnread("readme.md", "not a file of labels");
  }

  private void assertUnread(String file, String what) {
    assertThatThrownBy(() -> Datasets.settings(root.resolve(file).toString()))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining(what)
        .hasMessageContaining("one subfolder of images per class");
  }
}
