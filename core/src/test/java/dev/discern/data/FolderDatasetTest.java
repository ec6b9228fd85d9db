package dev.discern.data;

import static dev.discern.data.TestImages.classFolder;
import static dev.discern.data.TestImages.encode;
import static dev.discern.data.TestImages.plain;
import static dev.discern.data.TestImages.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.WorkFailed;
import dev.discern.image.ImageShape;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderDatasetTest {
  @TempDir private Path root;

  private Split load() {
    return Datasets.load(Configs.of(root.toString()));
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(this::load)
        .isInstanceOf(WorkFailed.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts).endsWith("."));
  }

  @Test
  void readsAFolderAClassAndDrawsTheParts() {
    classFolder(root.resolve("red"), 10, Color.RED);
    classFolder(root.resolve("blue"), 10, Color.BLUE);

    Split split = load();

    assertThat(split.classNames()).containsExactly("blue", "red");
    assertThat(split.shape()).isEqualTo(new ImageShape(3, 64, 64));
    assertThat(split.train().classCounts()).containsExactly(7, 7);
    assertThat(split.validation().classCounts()).containsExactly(1, 1);
    assertThat(split.test().classCounts()).containsExactly(2, 2);
    for (int i = 0; i < split.train().size(); i++) {
      byte[] pixels = TestImages.seen(split.train(), i, split.shape());
      boolean red = split.train().describe(i).startsWith("red/");
      assertThat(pixels[0]).isEqualTo((byte) (red ? 255 : 0));
      assertThat(split.train().label(i)).isEqualTo(red ? 1 : 0);
    }
  }

  @Test
  void takesPartsThatAreGiven() {
    for (String part : new String[] {"train", "val", "test"}) {
      classFolder(root.resolve(part).resolve("red"), part.equals("train") ? 5 : 2, Color.RED);
      classFolder(root.resolve(part).resolve("blue"), part.equals("train") ? 6 : 3, Color.BLUE);
    }

    Split split = load();

    assertThat(split.train().classCounts()).containsExactly(6, 5);
    assertThat(split.validation().classCounts()).containsExactly(3, 2);
    assertThat(split.test().classCounts()).containsExactly(3, 2);
    assertThat(split.test().describe(0)).isEqualTo("test/blue/a0.png");
  }

  @Test
  void drawsThePartThatIsNotGiven() {
    for (String part : new String[] {"train", "test"}) {
      classFolder(root.resolve(part).resolve("red"), 10, Color.RED);
      classFolder(root.resolve(part).resolve("blue"), 10, Color.BLUE);
    }
    Split withTest = load();
    assertThat(withTest.test().size()).isEqualTo(20);
    assertThat(withTest.validation().describe(0)).startsWith("train/");
    assertThat(withTest.train().size() + withTest.validation().size()).isEqualTo(20);

    assertThat(root.resolve("test").toFile().renameTo(root.resolve("valid").toFile())).isTrue();
    Split withValidation = load();
    assertThat(withValidation.validation().size()).isEqualTo(20);
    assertThat(withValidation.test().describe(0)).startsWith("train/");
    assertThat(withValidation.test().size()).isEqualTo(4);
  }

  @Test
  void letsClassesBeCalledTrainAndTestInAFolderNamedTrain() {
    classFolder(root.resolve("train/train"), 4, Color.RED);
    classFolder(root.resolve("train/test"), 4, Color.BLUE);

    assertThat(load().classNames()).containsExactly("test", "train");
  }

  @Test
  void refusesPartsBesideClassesAndClassesThatTrainingLacks() throws IOException {
    classFolder(root.resolve("train/red"), 4, Color.RED);
    classFolder(root.resolve("train/blue"), 4, Color.BLUE);
    classFolder(root.resolve("test/red"), 4, Color.RED);
    classFolder(root.resolve("test/green"), 4, Color.GREEN);
    assertRefused("test has classes without training images: green");

    Files.createDirectory(root.resolve("yellow"));
    assertRefused("without training images: green");
    classFolder(root.resolve("yellow"), 4, Color.YELLOW);
    assertRefused("also yellow");
  }

  @Test
  void passesOverHiddenFilesAndNotesOthers() {
    classFolder(root.resolve("red"), 4, Color.RED);
    classFolder(root.resolve("blue"), 4, Color.BLUE);
    write(root.resolve("red/.DS_Store"), new byte[] {1});
    write(root.resolve("red/Thumbs.db"), new byte[] {1});
    write(root.resolve("red/@eaDir/a0.png"), new byte[] {1});
    write(root.resolve("__MACOSX/red/._a0.png"), new byte[] {1});
    write(root.resolve(".git/config"), new byte[] {1});
    write(root.resolve(".ipynb_checkpoints/a0.png"), new byte[] {1});
    assertThat(load().notes()).isEmpty();

    write(root.resolve("red/notes.txt"), new byte[] {1});
    assertThat(load().notes())
        .containsExactly("1 file that is not an image was left out, such as red/notes.txt.");
    write(root.resolve("blue/deep/readme"), new byte[] {1});
    write(root.resolve("blue/b.HEIC"), new byte[] {1});
    assertThat(load().notes())
        .containsExactly(
            "2 files that are not images were left out, such as blue/deep/readme.",
            "1 HEIC file was left out, such as blue/b.HEIC: HEIC is not read, so convert it to JPEG"
                + " or PNG.");
  }

  @Test
  void refusesAFolderWithoutClasses() throws IOException {
    assertRefused(root.toString(), "no class folders", "subfolder");

    write(root.resolve("a.png"), encode(plain(4, 4, Color.RED), "png"));
    assertRefused("images but no class folders");

    classFolder(root.resolve("red"), 4, Color.RED);
    assertRefused("only one class folder with images (red)");

    Files.createDirectory(root.resolve("blue"));
    assertRefused("only one class folder with images (red)");

    write(root.resolve("labels.csv"), new byte[] {1});
    assertRefused("If " + root.resolve("labels.csv") + " lists the labels, give its path");
  }

  @Test
  void refusesAClassOfTwo() {
    classFolder(root.resolve("red"), 4, Color.RED);
    classFolder(root.resolve("blue"), 2, Color.BLUE);

    assertRefused("'blue' has 2 images");
  }
}
