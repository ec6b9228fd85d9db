package dev.discern.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.runtime.Card;
import dev.discern.runtime.Preparation;
import dev.discern.runtime.PreparedImage;
import dev.discern.view.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What applications show to a network, beside what training and {@code predict} do. */
class RuntimePixelsTest {
  @TempDir private static Path folder;

  @TestFactory
  Stream<DynamicTest> bothSeeTheSame() {
    return Golden.files().entrySet().stream()
        // Known differences of the library's WebP reader, stated in docs/runtime.md.
        .filter(golden -> !golden.getKey().matches("(lossy.*|animated-alpha).webp"))
        .flatMap(
            golden ->
                Stream.of(1, 3)
                    .map(
                        channels ->
                            DynamicTest.dynamicTest(
                                golden.getKey() + " " + channels, () -> check(golden, channels))));
  }

  private static void check(Map.Entry<String, Golden.Case> golden, int channels)
      throws IOException {
    Path file = Files.write(folder.resolve(golden.getKey()), golden.getValue().file());
    int tolerance = golden.getKey().matches("(cmyk|ycck).*") ? 4 : 2;
    // Sizes at which decoders reduce the image, and at which it is enlarged.
    int[][] sizes = {{2, 2}, {5, 7}, {30, 30}};
    for (int[] size : sizes) {
      ImageShape shape = new ImageShape(channels, size[0], size[1]);
      byte[] expected =
          Views.evaluation(shape, Interpolation.BICUBIC, 0.8)
              .apply(new ImageFile(file), new SplittableRandom(0))
              .data();
      Card.Input input =
          new Card.Input(channels, size[0], size[1], 0.8, Card.Interpolation.BICUBIC);
      PreparedImage actual =
          new Preparation(input, 1_000_000).of(dev.discern.runtime.Image.of(file));
      int worst = 0;
      for (int k = 0; k < expected.length; k++) {
        worst = Math.max(worst, Math.abs((actual.data()[k] & 0xff) - (expected[k] & 0xff)));
      }
      // libjpeg reduces a JPEG from its frequencies, ours averages its pixels: at 2 x 2 pixels,
      // which
      // are means of noise and edges, they differ by up to 29.
      boolean reduced = size[0] < 30 && golden.getKey().endsWith(".jpg");
      assertThat(worst)
          .as("largest difference at " + shape)
          .isLessThanOrEqualTo(reduced ? 30 : tolerance);
    }
  }
}
