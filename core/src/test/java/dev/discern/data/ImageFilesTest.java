package dev.discern.data;

import static dev.discern.data.Sources.files;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.WorkFailed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilesTest {
  @TempDir private Path root;

  @Test
  void findsWhatTrainingWouldAndSaysWhatItPassedOver() {
    files(root, "b.JPG", "a.webp", "sub/deep/c.jfif", "sub/d.tiff", "noext", "sub/e.heic");
    files(
        root,
        ".hidden.jpg",
        "__MACOSX/x.jpg",
        "runs/r/config.yaml",
        "runs/r/metrics.jsonl",
        "runs/r/x.jpg");

    ImageFiles.Found found = ImageFiles.below(root);

    assertThat(found.files())
        .containsExactly(
            root.resolve("a.webp"),
            root.resolve("b.JPG"),
            root.resolve("sub/d.tiff"),
            root.resolve("sub/deep/c.jfif"));
    assertThat(found.skipped()).isEqualTo(2);
    assertThat(found.notes())
        .containsExactly(
            "1 file that is not an image was left out, such as " + root.resolve("noext") + ".",
            "1 HEIC file was left out, such as "
                + root.resolve("sub/e.heic")
                + ": HEIC is not read, so convert it to JPEG or PNG.");
  }

  @Test
  void takesAFileWhateverItsName() {
    files(root, "noext");

    assertThat(ImageFiles.below(root.resolve("noext")).files())
        .containsExactly(root.resolve("noext"));
  }

  @Test
  void refusesAFolderWithoutImagesAndSaysWhatIsThere() {
    files(root, "a.heic");

    assertThatThrownBy(() -> ImageFiles.below(root))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("has no images")
        .hasMessageContaining("a.heic: HEIC is not read");
    assertThatThrownBy(() -> ImageFiles.below(root.resolve("gone")))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("does not exist");
  }
}
