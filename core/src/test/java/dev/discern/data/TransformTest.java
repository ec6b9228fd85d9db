package dev.discern.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.discern.config.InvalidConfig;
import dev.discern.data.Transform.Draw;
import dev.discern.image.ImageShape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TransformTest {
  private static final ImageShape SHAPE = new ImageShape(1, 2, 3);
  private static final byte[] IMAGE = TestImages.bytes(51, 102, 153, 204, 255, 0);
  // Grey levels in tenths, so that 51 is 2: (v/255 - 0) / 0.1.
  private static final Normalization TENTHS =
      new Normalization(new float[] {0}, new float[] {0.1f});

  private static float[] apply(Draw draw) {
    float[] out = new float[8];
    new Transform(SHAPE, TENTHS).apply(IMAGE, out, 1, draw);
    assertThat(out[0]).isZero();
    assertThat(out[7]).isZero();
    return Arrays.copyOfRange(out, 1, 7);
  }

  private static void assertGives(Draw draw, float... expected) {
    assertThat(apply(draw)).containsExactly(expected, within(1e-5f));
  }

  @Test
  void normalisesInPlaceWithoutADraw() {
    assertGives(Draw.NONE, 2, 4, 6, 8, 10, 0);
  }

  @Test
  void mirrorsRows() {
    assertGives(new Draw(0, 0, true), 6, 4, 2, 0, 10, 8);
  }

  @Test
  void movesTheWindowAndFillsWithZero() {
    assertGives(new Draw(1, 0, false), 8, 10, 0, 0, 0, 0);
    assertGives(new Draw(-1, 0, false), 0, 0, 0, 2, 4, 6);
    assertGives(new Draw(0, 1, false), 4, 6, 0, 10, 0, 0);
    assertGives(new Draw(0, -2, false), 0, 0, 2, 0, 0, 8);
    assertGives(new Draw(-1, -1, false), 0, 0, 0, 0, 2, 4);
  }

  @Test
  void mirrorsAfterCropping() {
    assertGives(new Draw(0, 1, true), 0, 6, 4, 0, 0, 10);
    assertGives(new Draw(1, -2, true), 8, 0, 0, 0, 0, 0);
  }

  @Test
  void treatsEveryChannelByItsOwnStatistics() {
    Normalization n = new Normalization(new float[] {0, 0.5f, 1}, new float[] {1, 0.5f, 2});
    byte[] white = TestImages.bytes(255, 255, 255);

    assertThat(n.apply(white, new ImageShape(3, 1, 1))).containsExactly(1, 1, 0);
  }

  @Test
  void drawsEveryMoveAndBothDirections() {
    SplittableRandom random = new SplittableRandom(1);
    Set<Draw> seen = new HashSet<>();
    for (int k = 0; k < 2000; k++) {
      seen.add(Draw.from(random, new Augmentation(1, true)));
    }
    assertThat(seen).hasSize(3 * 3 * 2);
    assertThat(Draw.from(random, Augmentation.NONE)).isEqualTo(Draw.NONE);
  }

  @Test
  void refusesPaddingsThatMissTheImage() {
    assertThatThrownBy(() -> new Augmentation(2, false).requireFits(SHAPE))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("data.cropPadding is 2");
    assertThatThrownBy(() -> new Augmentation(-1, false)).isInstanceOf(InvalidConfig.class);
  }
}
