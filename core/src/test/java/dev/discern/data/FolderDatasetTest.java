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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderDatasetTest {
  @TempDir private Path root;

  private Split load() {
    return Datasets.load(Datasets.defaults(root.toString()));
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
      byte[] pixels = new byte[3 * 64 * 64];
      split.train().read(i, pixels, 0);
      boolean red = split.train().describe(i).startsWith("red/");
      assertThat(pixels[0]).isEqualTo((byte) (red ? 255 : 0));
      assertThat(split.train().label(i)).isEqualTo(red ? 1 : 0);
    }
  }

  @Test
  void readsImagesAgainWhenMemoryForThemIsShort() {
    classFolder(root.resolve("red"), 3, Color.RED);
    classFolder(root.resolve("blue"), 3, Color.BLUE);
    ImageShape shape = new ImageShape(3, 8, 8);
    var room = new AtomicLong(2L * shape.volume());
    ImageFolder images = new ImageFolder(FolderFiles.list(root, root), shape, room);

    images.check(2, LoadListener.NONE);

    assertThat(room.get()).isZero();
    for (int i = 0; i < images.size(); i++) {
      byte[] pixels = new byte[shape.volume()];
      images.read(i, pixels, 0);
      assertThat(pixels[0]).isEqualTo((byte) (images.label(i) == 1 ? 255 : 0));
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
  void letsClassesBeCalledTrainAndTest() {
    classFolder(root.resolve("train"), 4, Color.RED);
    classFolder(root.resolve("test"), 4, Color.BLUE);

    assertThat(load().classNames()).containsExactly("test", "train");
  }

  @Test
  void refusesPartsBesideClassesAndPartsThatDiffer() throws IOException {
    classFolder(root.resolve("train/red"), 4, Color.RED);
    classFolder(root.resolve("train/blue"), 4, Color.BLUE);
    classFolder(root.resolve("test/red"), 4, Color.RED);
    classFolder(root.resolve("test/green"), 4, Color.GREEN);
    assertRefused("test has other classes", "lacks blue", "only it has green");

    Files.createDirectory(root.resolve("green"));
    assertRefused("also green");
  }

  @Test
  void passesOverHiddenFilesAndNotesOthers() {
    classFolder(root.resolve("red"), 4, Color.RED);
    classFolder(root.resolve("blue"), 4, Color.BLUE);
    write(root.resolve("red/.DS_Store"), new byte[] {1});
    write(root.resolve(".git/config"), new byte[] {1});
    write(root.resolve("red/photo.webp"), new byte[] {1});

    assertThat(load().notes()).singleElement().asString().contains("1 entry", "red/photo.webp");
  }

  @Test
  void refusesAFolderWithoutClasses() throws IOException {
    assertRefused(root.toString(), "no class folders", "sub-folder");

    write(root.resolve("a.png"), encode(plain(4, 4, Color.RED), "png"));
    assertRefused("images but no class folders");

    classFolder(root.resolve("red"), 4, Color.RED);
    assertRefused("only one class folder (red)");

    Files.createDirectory(root.resolve("blue"));
    assertRefused("blue has no PNG or JPEG images");
  }

  @Test
  void refusesAClassOfTwo() {
    classFolder(root.resolve("red"), 4, Color.RED);
    classFolder(root.resolve("blue"), 2, Color.BLUE);

    assertRefused("'blue' has 2 images");
  }

  @Test
  void namesEveryBadFileBeforeTrainingStarts() throws IOException {
    classFolder(root.resolve("red"), 4, Color.RED);
    classFolder(root.resolve("blue"), 4, Color.BLUE);
    byte[] jpeg = encode(plain(50, 50, Color.BLUE), "jpeg");
    write(root.resolve("blue/cut.jpg"), Arrays.copyOf(jpeg, jpeg.length / 2));
    write(root.resolve("red/empty.jpeg"), new byte[0]);
    write(root.resolve("red/text.png"), "hello".getBytes(StandardCharsets.UTF_8));

    assertRefused("cut.jpg is cut", "empty.jpeg is empty", "text.png is not an image");

    for (int i = 0; i < 10; i++) {
      write(root.resolve("red/bad" + i + ".png"), new byte[0]);
    }
    assertRefused("cut.jpg", "9 more such files");
  }
}
