package dev.discern.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.config.MethodSpec;
import dev.discern.config.Spec;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.image.Pixels;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every augmentation of the catalogue must keep. */
class AugmentContractTest {
  private static final int SEEDS = 60;

  static Stream<MethodSpec<Step>> everything() {
    return Augments.CATALOGUE.all().stream();
  }

  @ParameterizedTest
  @MethodSource("everything")
  void keepsTheShape(MethodSpec<Step> entry) {
    for (int channels : new int[] {1, 3}) {
      for (int[] size : new int[][] {{9, 9}, {7, 12}, {33, 17}}) {
        ImageShape shape = new ImageShape(channels, size[0], size[1]);
        View view = view(entry, shape);
        HeldImage image = HeldImage.noise(20, 30, channels);
        for (int seed = 0; seed < SEEDS; seed++) {
          assertShape(view.apply(image, new SplittableRandom(seed)), shape);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everything")
  void survivesImagesOfOnePixel(MethodSpec<Step> entry) {
    for (int channels : new int[] {1, 3}) {
      for (int seed = 0; seed < SEEDS; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        ImageShape shape = new ImageShape(channels, 8, 8);
        assertShape(view(entry, shape).apply(HeldImage.noise(1, 1, channels), random), shape);
        if (entry.create(Map.of()) instanceof Augment augment) {
          Pixels pixel = HeldImage.noisePixels(1, 1, channels);
          assertShape(augment.apply(pixel, random), new ImageShape(channels, 1, 1));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everything")
  void givesEqualPixelsForEqualSeeds(MethodSpec<Step> entry) {
    View view = view(entry, new ImageShape(3, 12, 12));
    HeldImage image = HeldImage.noise(16, 14, 3);
    for (int seed = 0; seed < SEEDS; seed++) {
      byte[] first = view.apply(image, new SplittableRandom(seed)).data();
      assertThat(view.apply(image, new SplittableRandom(seed)).data()).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @MethodSource("everything")
  void givesDifferentPixelsForDifferentSeeds(MethodSpec<Step> entry) {
    View view = view(entry, new ImageShape(3, 12, 12));
    HeldImage image = HeldImage.noise(16, 14, 3);
    Set<String> seen = new HashSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      seen.add(Arrays.toString(view.apply(image, new SplittableRandom(seed)).data()));
    }
    assertThat(seen).hasSizeGreaterThan(1);
  }

  @ParameterizedTest
  @MethodSource("everything")
  void leavesTheImageItselfAlone(MethodSpec<Step> entry) {
    Pixels pixels = HeldImage.noisePixels(12, 12, 3);
    HeldImage image = new HeldImage(pixels);
    byte[] before = pixels.data().clone();
    View view = view(entry, new ImageShape(3, 12, 12));
    for (int seed = 0; seed < SEEDS; seed++) {
      Pixels unused = view.apply(image, new SplittableRandom(seed));
    }
    assertThat(pixels.data()).isEqualTo(before);
  }

  private static View view(MethodSpec<Step> entry, ImageShape shape) {
    return Views.training(shape, Interpolation.BILINEAR, 1, List.of(Spec.parse(entry.name())));
  }

  private static void assertShape(Pixels pixels, ImageShape shape) {
    assertThat(new ImageShape(pixels.channels(), pixels.height(), pixels.width())).isEqualTo(shape);
  }
}
