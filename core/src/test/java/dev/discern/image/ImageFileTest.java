package dev.discern.image;

import static dev.discern.data.TestImages.bytes;
import static dev.discern.data.TestImages.encode;
import static dev.discern.data.TestImages.png;
import static dev.discern.data.TestImages.unsigned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.WorkFailed;
import dev.discern.data.TestImages;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFileTest {
  private static final ImageShape TWO_BY_ONE = new ImageShape(3, 1, 2);
  private static final ImageShape SQUARE = new ImageShape(3, 8, 8);

  @TempDir private Path folder;

  private int[] decode(byte[] file, ImageShape shape) {
    return decode(TestImages.write(folder.resolve("a.png"), file), shape);
  }

  private static int[] decode(Path file, ImageShape shape) {
    try (Raster raster = new ImageFile(file).decode(shape.width(), shape.channels())) {
      Crop all = new Crop(0, 0, raster.height(), raster.width());
      Interpolation filter = Interpolation.BILINEAR;
      int[] pixels = unsigned(raster.scaled(all, shape.height(), shape.width(), filter).data());
      int[] planes = new int[pixels.length];
      for (int k = 0; k < planes.length; k++) {
        planes[k % shape.channels() * shape.plane() + k / shape.channels()] = pixels[k];
      }
      return planes;
    }
  }

  private void assertRefused(byte[] file, String reason) {
    assertThatThrownBy(() -> decode(file, SQUARE))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("a.png")
        .hasMessageContaining(reason)
        .hasMessageEndingWith(".");
  }

  @Test
  void keepsEveryPixelOfAPngOfTheWantedSize() {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    SplittableRandom random = new SplittableRandom(1);
    int[] expected = new int[3 * 64];
    for (int p = 0; p < 64; p++) {
      int rgb = random.nextInt(1 << 24);
      image.setRGB(p % 8, p / 8, rgb);
      expected[p] = rgb >> 16;
      expected[64 + p] = rgb >> 8 & 0xff;
      expected[128 + p] = rgb & 0xff;
    }

    assertThat(decode(encode(image, "png"), SQUARE)).containsExactly(expected);
  }

  @Test
  void expandsPalettes() {
    byte[] palette = bytes(10, 20, 30, 40, 50, 60);

    assertThat(decode(png(2, 1, 1, 3, bytes(0, 0b0100_0000), "PLTE", palette), TWO_BY_ONE))
        .containsExactly(10, 40, 20, 50, 30, 60);
  }

  @Test
  void laysTransparentPaletteEntriesOnWhite() {
    byte[] file =
        png(
            2,
            1,
            1,
            3,
            bytes(0, 0b0100_0000),
            "PLTE",
            bytes(10, 20, 30, 40, 50, 60),
            "tRNS",
            bytes(255, 0));

    assertThat(decode(file, TWO_BY_ONE)).containsExactly(10, 255, 20, 255, 30, 255);
  }

  @Test
  void expandsGreyLevelsOfEveryDepth() {
    assertThat(decode(png(2, 1, 1, 0, bytes(0, 0b0100_0000)), TWO_BY_ONE))
        .containsExactly(0, 255, 0, 255, 0, 255);
    assertThat(decode(png(2, 1, 4, 0, bytes(0, 0x2f)), TWO_BY_ONE))
        .containsExactly(34, 255, 34, 255, 34, 255);
    assertThat(decode(png(2, 1, 8, 0, bytes(0, 7, 200)), TWO_BY_ONE))
        .containsExactly(7, 200, 7, 200, 7, 200);
  }

  @Test
  void scalesSixteenBitsToEight() {
    assertThat(decode(png(2, 1, 16, 0, bytes(0, 0x80, 0x80, 0xff, 0xff)), TWO_BY_ONE))
        .containsExactly(128, 255, 128, 255, 128, 255);
    byte[] rgb = bytes(0, 0x10, 0x10, 0x20, 0x20, 0x30, 0x30, 0xff, 0xff, 0, 0, 0x40, 0x40);
    assertThat(decode(png(2, 1, 16, 2, rgb), TWO_BY_ONE))
        .containsExactly(0x10, 0xff, 0x20, 0, 0x30, 0x40);
  }

  @Test
  void laysTransparencyOnWhite() {
    assertThat(decode(png(2, 1, 8, 4, bytes(0, 100, 255, 100, 0)), TWO_BY_ONE))
        .as("grey with alpha")
        .containsExactly(100, 255, 100, 255, 100, 255);
    assertThat(decode(png(2, 1, 8, 6, bytes(0, 1, 2, 3, 255, 0, 0, 0, 128)), TWO_BY_ONE))
        .as("RGB with alpha")
        .containsExactly(1, 127, 2, 127, 3, 127);
    byte[] deep = bytes(0, 0x20, 0x20, 0xff, 0xff, 0x20, 0x20, 0, 0);
    assertThat(decode(png(2, 1, 16, 4, deep), TWO_BY_ONE))
        .as("16-bit grey with alpha")
        .containsExactly(0x20, 255, 0x20, 255, 0x20, 255);
  }

  @Test
  void laysTransparentColourKeysOnWhite() {
    assertThat(decode(png(2, 1, 8, 0, bytes(0, 7, 9), "tRNS", bytes(0, 7)), TWO_BY_ONE))
        .as("grey")
        .containsExactly(255, 9, 255, 9, 255, 9);
    assertThat(decode(png(2, 1, 4, 0, bytes(0, 0x2f), "tRNS", bytes(0, 2)), TWO_BY_ONE))
        .as("4-bit grey")
        .containsExactly(255, 255, 255, 255, 255, 255);
    byte[] deep = bytes(0, 0x20, 0x20, 0x21, 0x21);
    assertThat(decode(png(2, 1, 16, 0, deep, "tRNS", bytes(0x20, 0x20)), TWO_BY_ONE))
        .as("16-bit grey")
        .containsExactly(255, 0x21, 255, 0x21, 255, 0x21);
    byte[] rgb = bytes(0, 1, 2, 3, 4, 5, 6);
    assertThat(decode(png(2, 1, 8, 2, rgb, "tRNS", bytes(0, 1, 0, 2, 0, 3)), TWO_BY_ONE))
        .as("RGB")
        .containsExactly(255, 4, 255, 5, 255, 6);
  }

  @Test
  void givesLumaToOneChannel() {
    byte[] red = encode(TestImages.plain(4, 4, Color.RED), "png");

    assertThat(decode(red, new ImageShape(1, 4, 4))).containsOnly(76); // 0.299 * 255
  }

  @Test
  void readsJpegsInColourAndGrey() {
    int[] colour =
        decode(encode(TestImages.plain(16, 16, new Color(200, 100, 50)), "jpeg"), SQUARE);
    assertThat(colour[0]).isCloseTo(200, within(3));
    assertThat(colour[64]).isCloseTo(100, within(3));
    assertThat(colour[128]).isCloseTo(50, within(3));

    BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setDataElements(0, 0, 16, 16, filled(256, 90));
    assertThat(decode(encode(grey, "jpeg"), SQUARE)).containsOnly(90);
  }

  @Test
  void scalesLargeJpegsDownToWhatPngsGive() {
    BufferedImage image = new BufferedImage(700, 500, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < 700 * 500; p++) {
      int x = p % 700;
      int y = p / 700;
      image.setRGB(x, y, new Color(x * 255 / 700, y * 255 / 500, 128).getRGB());
    }

    int[] jpeg = decode(encode(image, "jpeg"), SQUARE);
    int[] png = decode(encode(image, "png"), SQUARE);

    for (int k = 0; k < jpeg.length; k++) {
      assertThat(jpeg[k]).isCloseTo(png[k], within(3));
    }
  }

  @Test
  void enlargesSmallImagesAndSurvivesThinOnes() {
    assertThat(decode(encode(TestImages.plain(1, 1, Color.WHITE), "png"), SQUARE))
        .containsOnly(255);
    assertThat(decode(encode(TestImages.plain(1, 5000, Color.WHITE), "png"), SQUARE))
        .containsOnly(255);
  }

  @Test
  void turnsPhotosUpright() {
    byte[] jpeg = encode(TestImages.halves(32, 32), "jpeg");
    // Orientation 6: the right side of what is stored belongs at the bottom.
    byte[] exif =
        bytes(
            0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12,
            0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(jpeg, 0, 2);
    file.writeBytes(exif);
    file.write(jpeg, 2, jpeg.length - 2);

    int[] pixels = decode(file.toByteArray(), SQUARE);

    assertThat(pixels[0]).as("red at the top left").isGreaterThan(200);
    assertThat(pixels[7]).as("red at the top right").isGreaterThan(200);
    assertThat(pixels[56]).as("red at the bottom left").isLessThan(50);
  }

  @Test
  void takesTheKindFromTheContentNotTheName() {
    Path file =
        TestImages.write(
            folder.resolve("really-png.jpg"), encode(TestImages.plain(8, 8, Color.BLUE), "png"));

    assertThat(decode(file, SQUARE)).startsWith(0).endsWith(255);
  }

  @Test
  void refusesEveryCutOfAJpeg() {
    byte[] whole = encode(TestImages.halves(40, 30), "jpeg");
    for (int length = 3; length < whole.length; length += 7) {
      assertRefused(Arrays.copyOf(whole, length), "is truncated");
    }
    assertRefused(Arrays.copyOf(whole, whole.length - 1), "is truncated");
  }

  @Test
  void refusesAJpegWhoseEndIsZeros() {
    byte[] file = encode(TestImages.halves(200, 200), "jpeg");
    Arrays.fill(file, file.length / 2, file.length, (byte) 0);

    assertRefused(file, "is truncated");
  }

  @Test
  void refusesEveryCutOfAPng() {
    byte[] whole = encode(TestImages.halves(40, 30), "png");
    for (int length = 8; length < whole.length; length += 5) {
      assertRefused(Arrays.copyOf(whole, length), "is truncated");
    }
    assertRefused(Arrays.copyOf(whole, whole.length - 1), "is truncated");
  }

  @Test
  void refusesDamagedPngs() {
    byte[] flipped = encode(TestImages.halves(40, 30), "png");
    flipped[flipped.length - 20] ^= 1;
    assertRefused(flipped, "checksum");

    assertRefused(png(8, 8, 3, 0, new byte[72]), "unknown kind");
    assertRefused(png(0, 8, 8, 0, new byte[72]), "no pixels");
    assertRefused(png(8, 8, 8, 3, new byte[72]), "without a picture");
    assertRefused(png(1 << 17, 1 << 17, 8, 0, new byte[72]), "178 million");
  }

  @Test
  void refusesAPngWithTooFewRowsInside() {
    assertRefused(png(8, 8, 8, 0, new byte[20]), "cannot be decoded");
  }

  @Test
  void refusesWhatIsNoImage() {
    assertRefused("not an image".getBytes(StandardCharsets.UTF_8), "not an image of a known kind");
    assertRefused(new byte[0], "is empty");
    assertRefused(bytes(0xff, 0xd8, 0xff, 0xd9), "without a picture");
  }

  @Test
  void refusesAMissingFile() {
    assertThatThrownBy(() -> decode(folder.resolve("none.png"), SQUARE))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("none.png")
        .hasMessageContaining("does not exist");
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
