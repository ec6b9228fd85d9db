package dev.discern.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.WorkFailed;
import dev.discern.data.TestImages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedKindsTest {
  @TempDir private Path folder;

  private void assertRefused(String content, String... reasons) {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    Path file = TestImages.write(folder.resolve("a.jpg"), bytes);
    for (Runnable use :
        new Runnable[] {
          () -> new ImageFile(file).probe(), () -> new ImageFile(file).decode(8, 3).close()
        }) {
      assertThatThrownBy(use::run)
          .isInstanceOf(WorkFailed.class)
          .hasMessageStartingWith("The image " + file + " is ")
          .hasMessageContainingAll(reasons)
          .hasMessageEndingWith(".");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "heic, HEIC",
    "heix, HEIC",
    "mif1, HEIC",
    "avif, AVIF",
    "avis, AVIF",
    "crx , Canon",
    "isom, a video",
    "qt  , a video"
  })
  void namesContainersByTheirBrand(String brand, String name) {
    String padded = (brand + "    ").substring(0, 4);
    assertRefused("\0\0\0\u0018ftyp" + padded + "\0\0\0\0mif1", name, "Convert it to JPEG or PNG");
  }

  @ParameterizedTest
  @CsvSource({
    "%PDF-1.7, a PDF document",
    "8BPS, a Photoshop document",
    "FUJIFILMCCD-RAW 0201, a camera's raw file (Fujifilm)",
    "IIRO, a camera's raw file (Olympus)",
    "<svg xmlns=''>, an SVG drawing",
    "<?xml version='1.0'?><svg>, an SVG drawing",
  })
  void namesOtherKindsByTheirFirstBytes(String start, String name) {
    assertRefused(start.replace("''", "'") + "\0\0\0\0\0\0\0\0", name, "Convert it");
  }

  @Test
  void namesJpegsSuccessorsAndIcons() {
    assertRefused("\0\0\0\fjP  \r\n\u0087\n", "JPEG 2000");
    assertRefused("\u00ff\n\0\0", "JPEG XL");
    assertRefused("\0\0\1\0\1\0", "ICO");
  }

  @Test
  void namesWhatADownloadLeftBehind() {
    assertRefused("version https://git-lfs.github.com/spec/v1\n", "Git LFS", "git lfs pull");
    assertRefused("\n<!DOCTYPE html><html>", "a web page", "Download it again");
  }

  @Test
  void namesRawFilesThatAreTiffInside() {
    assertRefused("II*\0\u0010\0\0\0CR\2\0", "a camera's raw file (Canon)");
    // One directory: NewSubfileType 1, Make "NIKON", SubIFDs.
    assertRefused(
        "II*\0\b\0\0\0\3\0"
            + "\u00fe\0\4\0\1\0\0\0\1\0\0\0"
            + "\u000f\1\2\0\6\0\0\0\62\0\0\0"
            + "J\1\4\0\1\0\0\0\0\0\0\0"
            + "\0\0\0\0NIKON\0",
        "a camera's raw file (NIKON)");
    // DNGVersion.
    assertRefused("II*\0\b\0\0\0\1\0\u0012\u00c6\1\0\4\0\0\0\1\4\0\0\0\0\0\0", "(DNG)");
  }

  @Test
  void refusesFoldersAndEmptyFiles() {
    assertRefused("", "is empty");
    assertThatThrownBy(() -> new ImageFile(folder).probe())
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("is a folder or device");
  }

  @Test
  void listingsKnowNamesInAnyCase() {
    for (String name : new String[] {"a.jpg", "b.JPEG", "c.jfif", "d.Tif", "e.dib", "f.x.WebP"}) {
      assertThat(ImageNames.isImage(name)).as(name).isTrue();
      assertThat(ImageNames.unreadKind(name)).as(name).isEmpty();
    }
    for (String name : new String[] {"jpg.txt", "notes", "._a.jpg", "a.heic"}) {
      assertThat(ImageNames.isImage(name)).as(name).isFalse();
    }
    assertThat(ImageNames.unreadKind("IMG_1.HEIC")).contains("HEIC");
    assertThat(ImageNames.unreadKind("a.CR2")).contains("a camera's raw file (Canon)");
    assertThat(ImageNames.unreadKind("a.nef")).contains("a camera's raw file");
    assertThat(ImageNames.unreadKind("labels.csv")).isEmpty();
  }
}
