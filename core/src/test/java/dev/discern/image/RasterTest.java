package dev.discern.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.codec.Reduction;
import dev.discern.data.TestImages;
import java.awt.Color;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RasterTest {
  @TempDir private Path folder;

  private ImageFile file(String kind, int width, int height) {
    byte[] bytes = TestImages.encode(TestImages.halves(width, height), kind);
    return new ImageFile(TestImages.write(folder.resolve("a"), bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "bmp", "gif", "tiff"})
  void everyFormatIsReducedByTheSameRule(String kind) {
    int[][] cases = {
      {50, 2}, {51, 2}, {52, 1}, {25, 4}, {26, 4}, {27, 2}, {13, 8}, {14, 4}, {1, 8}, {101, 1}
    };
    ImageFile image = file(kind, 133, 101);
    for (int[] one : cases) {
      try (Raster raster = image.decode(one[0], 3)) {
        assertThat(raster.height()).as("at least " + one[0]).isEqualTo(reduced(101, one[1]));
        assertThat(raster.width()).isEqualTo(reduced(133, one[1]));
      }
    }
  }

  private static int reduced(int side, int reduction) {
    return (side + reduction - 1) / reduction;
  }

  @ParameterizedTest
  @CsvSource({"400, 533, 224, 1", "447, 600, 224, 2", "448, 600, 224, 2", "446, 600, 224, 1"})
  void reducesOnlyWhileTheShorterSideSuffices(int height, int width, int atLeast, int expected) {
    assertThat(Reduction.of(width, height, atLeast)).isEqualTo(expected);
    assertThat(Reduction.of(height, width, atLeast)).isEqualTo(expected);
  }

  @Test
  void aSideOfOnePixelSurvives() {
    try (Raster raster = file("png", 5000, 1).decode(1, 3)) {
      assertThat(raster.height()).isEqualTo(1);
      assertThat(raster.width()).isEqualTo(5000);
    }
  }

  @Test
  void cropsOfHeapAndNativeRastersAgree() {
    ImageFile image = file("png", 60, 40);
    SplittableRandom random = new SplittableRandom(3);
    try (Raster nativeRaster = image.decode(Integer.MAX_VALUE, 3)) {
      Crop all = new Crop(0, 0, 40, 60);
      Encoded held = Encoded.of(nativeRaster.scaled(all, 40, 60, Interpolation.BICUBIC));
      try (Raster heap = held.decode(1, 3)) {
        for (int k = 0; k < 30; k++) {
          int height = 1 + random.nextInt(40);
          int width = 1 + random.nextInt(60);
          Crop crop =
              new Crop(random.nextInt(41 - height), random.nextInt(61 - width), height, width);
          int rows = k % 3 == 0 ? height : 1 + random.nextInt(70);
          int columns = k % 3 == 0 ? width : 1 + random.nextInt(70);
          Interpolation filter = k % 2 == 0 ? Interpolation.BILINEAR : Interpolation.BICUBIC;
          assertThat(nativeRaster.scaled(crop, rows, columns, filter).data())
              .isEqualTo(heap.scaled(crop, rows, columns, filter).data());
        }
      }
    }
  }

  @Test
  void aCropNeverSeesWhatIsOutside() {
    try (Raster raster = file("png", 60, 40).decode(Integer.MAX_VALUE, 3)) {
      byte[] blue = raster.scaled(new Crop(0, 30, 40, 30), 7, 5, Interpolation.BICUBIC).data();
      for (int k = 0; k < blue.length; k += 3) {
        assertThat(blue[k]).as("red").isZero();
      }
    }
  }

  @Test
  void copiesOfPixelsInMemoryAreTheReceiversOwn() {
    Pixels pixels = new Pixels(2, 2, 3, new byte[12]);
    try (Raster raster = Encoded.of(pixels).decode(1, 3)) {
      Pixels copy = raster.scaled(new Crop(0, 0, 2, 2), 2, 2, Interpolation.BILINEAR);
      copy.data()[0] = 1;
    }
    assertThat(pixels.data()[0]).isZero();
  }

  @Test
  void pixelsInMemoryChangeTheirChannels() {
    Encoded red = Encoded.of(new Pixels(1, 1, 3, new byte[] {(byte) 255, 0, 0}));
    Crop all = new Crop(0, 0, 1, 1);
    assertThat(red.decode(1, 1).scaled(all, 1, 1, Interpolation.BILINEAR).data())
        .containsExactly(76);
    Encoded grey = Encoded.of(new Pixels(1, 1, 1, new byte[] {9}));
    assertThat(grey.decode(1, 3).scaled(all, 1, 1, Interpolation.BILINEAR).data())
        .containsExactly(9, 9, 9);
  }

  @Test
  void refusesCropsThatLeaveTheImage() {
    try (Raster raster = file("png", 6, 4).decode(1, 3)) {
      int[][] crops = {{0, 0, 5, 6}, {0, 1, 4, 6}, {-1, 0, 2, 2}, {0, 0, 0, 1}, {3, 0, 1 << 30, 1}};
      for (int[] c : crops) {
        Crop crop = new Crop(c[0], c[1], c[2], c[3]);
        assertThatThrownBy(() -> raster.scaled(crop, 2, 2, Interpolation.BILINEAR))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void plainImagesStayPlainAtAnyScale() {
    byte[] bytes = TestImages.encode(TestImages.plain(37, 23, new Color(10, 200, 90)), "png");
    ImageFile image = new ImageFile(TestImages.write(folder.resolve("a"), bytes));
    for (int side : new int[] {1, 5, 23, 224}) {
      try (Raster raster = image.decode(side, 3)) {
        Crop all = new Crop(0, 0, raster.height(), raster.width());
        byte[] data = raster.scaled(all, side, side, Interpolation.BILINEAR).data();
        for (int k = 0; k < data.length; k++) {
          assertThat(data[k] & 0xff).isEqualTo(new int[] {10, 200, 90}[k % 3]);
        }
      }
    }
  }
}
