package dev.discern.data;

import static dev.discern.data.Sources.images;
import static dev.discern.data.Sources.list;
import static dev.discern.data.TestImages.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopiesTest {
  @TempDir private Path root;

  @Test
  void notesTestImagesThatAreTrainingImages() throws IOException {
    images(root, "train/cat", "train/dog", "val/cat", "val/dog", "test/cat", "test/dog");
    Files.copy(root.resolve("train/dog/a1.jpg"), root.resolve("test/cat/copy.jpg"));
    Files.copy(root.resolve("train/cat/a1.jpg"), root.resolve("val/cat/b.jpg"));
    Files.copy(root.resolve("train/cat/a2.jpg"), root.resolve("val/cat/c.jpg"));

    assertThat(Copies.notes(list(root)))
        .containsExactly(
            "1 of 7 test images is a duplicate of a training image (such as test/cat/copy.jpg ="
                + " train/dog/a1.jpg), so the test accuracy is not that of unseen images.",
            "2 of 8 validation images are duplicates of training images (such as val/cat/b.jpg ="
                + " train/cat/a1.jpg), so the validation accuracy is not that of unseen images.");
  }

  @Test
  void notesCopiesAmongImagesThatPartsAreDrawnFrom() throws IOException {
    images(root, "cat", "dog");
    assertThat(Copies.notes(list(root))).isEmpty();

    Files.copy(root.resolve("cat/a1.jpg"), root.resolve("dog/copy.jpg"));
    assertThat(Copies.notes(list(root)))
        .singleElement()
        .asString()
        .startsWith("1 image is a duplicate of another (such as dog/copy.jpg = cat/a1.jpg)");
  }

  @Test
  void looksAtAllOfAFileWhoseMiddleIsThatOfAnother() {
    images(root, "train/cat", "train/dog", "test/cat", "test/dog");
    byte[] bytes = new byte[10_000];
    write(root.resolve("train/cat/big.jpg"), bytes);
    bytes[0] = 1;
    write(root.resolve("test/cat/big.jpg"), bytes);

    assertThat(Copies.notes(list(root))).isEmpty();
  }
}
