package dev.discern.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.codec.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Decoding and scaling against Pillow. */
class GoldenImageTest {
  @TempDir private static Path folder;

  @TestFactory
  Stream<DynamicTest> decodesWhatPillowDecodes() {
    return Golden.files().entrySet().stream()
        .map(golden -> DynamicTest.dynamicTest(golden.getKey(), () -> check(golden)));
  }

  @Test
  void coversEveryFormat() {
    assertThat(Golden.files().keySet().stream().map(GoldenImageTest::format).distinct())
        .containsExactlyInAnyOrder(Format.values());
  }

  private static Format format(String name) {
    return Stream.of(Format.values())
        .filter(f -> f.extensions().contains(name.substring(name.indexOf('.') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static void check(Map.Entry<String, Golden.Case> golden) throws IOException {
    // Content decides, not the name.
    Path file = Files.write(folder.resolve(golden.getKey() + ".xyz"), golden.getValue().file());
    ImageFile image = new ImageFile(file);
    Pixels rgb = golden.getValue().rgb();
    assertThat(image.probe())
        .isEqualTo(new ImageSize(rgb.width(), rgb.height(), format(golden.getKey())));

    int tolerance = golden.getKey().matches("(cmyk|ycck).*") ? 3 : 1;
    assertClose(whole(image, 3).data(), rgb.data(), tolerance);
    assertClose(whole(image, 1).data(), whole(Encoded.of(rgb), 1).data(), tolerance);
  }

  private static Pixels whole(Encoded image, int channels) {
    try (Raster raster = image.decode(Integer.MAX_VALUE, channels)) {
      Crop all = new Crop(0, 0, raster.height(), raster.width());
      return raster.scaled(all, raster.height(), raster.width(), Interpolation.BILINEAR);
    }
  }

  @TestFactory
  Stream<DynamicTest> scalesAsPillowDoes() {
    JsonNode golden = Golden.read("scale");
    Encoded rgb = Encoded.of(new Pixels(24, 30, 3, Golden.bytes(golden.get("rgb"))));
    Encoded grey = Encoded.of(new Pixels(24, 30, 1, Golden.bytes(golden.get("grey"))));
    return golden
        .get("cases")
        .valueStream()
        .flatMap(
            one ->
                Stream.of(Interpolation.values())
                    .flatMap(
                        filter ->
                            Stream.of(
                                scaling(rgb, 3, one, filter, filter.name()),
                                scaling(grey, 1, one, filter, filter.name() + "-grey"))));
  }

  private static DynamicTest scaling(
      Encoded image, int channels, JsonNode one, Interpolation filter, String key) {
    JsonNode box = one.get("crop");
    Crop crop =
        new Crop(box.get(0).asInt(), box.get(1).asInt(), box.get(2).asInt(), box.get(3).asInt());
    int height = one.get("height").asInt();
    int width = one.get("width").asInt();
    return DynamicTest.dynamicTest(
        key + " " + crop,
        () -> {
          try (Raster raster = image.decode(1, channels)) {
            Pixels scaled = raster.scaled(crop, height, width, filter);
            assertClose(scaled.data(), Golden.bytes(one.get(key)), 1);
          }
        });
  }

  private static void assertClose(byte[] actual, byte[] expected, int tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    int worst = 0;
    for (int k = 0; k < actual.length; k++) {
      worst = Math.max(worst, Math.abs((actual[k] & 0xff) - (expected[k] & 0xff)));
    }
    assertThat(worst).as("largest difference").isLessThanOrEqualTo(tolerance);
  }
}
