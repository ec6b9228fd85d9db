package dev.discern.data;

import static dev.discern.data.TestImages.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
  // Two images of one row and three columns.
  private static final byte[] IMAGES =
      bytes(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255);
  private static final byte[] LABELS = bytes(0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 9);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("some-idx");
  }

  @Test
  void readsImagesPlainAndGzipped() throws IOException {
    for (byte[] content : new byte[][] {IMAGES, IdxFiles.gzip(IMAGES)}) {
      Files.write(file, content);

      Idx.Images images = Idx.images(file);

      assertThat(images.count()).isEqualTo(2);
      assertThat(images.rows()).isEqualTo(1);
      assertThat(images.columns()).isEqualTo(3);
      assertThat(images.pixels()).containsExactly(bytes(1, 2, 3, 4, 5, 255));
    }
  }

  @Test
  void readsLabels() throws IOException {
    Files.write(file, LABELS);

    assertThat(Idx.labels(file, 10)).containsExactly(0, 1, 9);
  }

  @Test
  void refusesEveryCut() throws IOException {
    for (int length = 0; length < IMAGES.length; length++) {
      Files.write(file, Arrays.copyOf(IMAGES, length));
      assertRefused(() -> Idx.images(file)).hasMessageMatching(".*ends (too early|after).*");
    }
    byte[] packed = IdxFiles.gzip(IMAGES);
    for (int length = 2; length < packed.length; length++) {
      Files.write(file, Arrays.copyOf(packed, length));
      assertRefused(() -> Idx.images(file)).hasMessageContaining("ends too early");
    }
  }

  @Test
  void refusesSwappedFiles() throws IOException {
    Files.write(file, LABELS);
    assertRefused(() -> Idx.images(file)).hasMessageContaining("labels where images should be");
    Files.write(file, IMAGES);
    assertRefused(() -> Idx.labels(file, 10)).hasMessageContaining("images where labels should be");
  }

  @Test
  void refusesOtherFiles() throws IOException {
    Files.writeString(file, "<html>moved</html>");
    assertRefused(() -> Idx.images(file)).hasMessageContaining("not an IDX file");
    Files.write(file, bytes(0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    assertRefused(() -> Idx.images(file)).hasMessageContaining("gzip");
    assertRefused(() -> Idx.images(folder.resolve("none"))).hasMessageContaining("does not exist");
  }

  @Test
  void refusesHeadersThatLie() throws IOException {
    Files.write(file, bytes(0, 0, 8, 3, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 1, 0, 0, 0, 1, 0));
    assertRefused(() -> Idx.images(file)).hasMessageContaining("more than fit in memory");
    Files.write(file, bytes(0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 3));
    assertRefused(() -> Idx.images(file)).hasMessageContaining("claims 0 images");
    Files.write(file, bytes(0, 0, 8, 1, 0, 0, 0, 1, 0, 1));
    assertRefused(() -> Idx.labels(file, 10)).hasMessageContaining("has more than");
    Files.write(file, bytes(0, 0, 8, 1, 0x7f, 0, 0, 0, 0, 1));
    assertRefused(() -> Idx.labels(file, 10)).hasMessageContaining("ends after 2 of");
  }

  @Test
  void refusesLabelsOutOfRange() throws IOException {
    Files.write(file, LABELS);

    assertRefused(() -> Idx.labels(file, 9)).hasMessageContaining("label 9 at image 2");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(ThrowingCallable reading) {
    return assertThatThrownBy(reading)
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining(folder.toString())
        .hasMessageEndingWith(".");
  }
}
