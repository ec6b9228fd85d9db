package dev.discern.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.image.Crop;
import dev.discern.image.Pixels;
import org.junit.jupiter.api.Test;

class SketchTest {
  @Test
  void aPlainImageHasNeitherContrastNorSharpness() {
    Sketch sketch = TestPictures.sketch(TestPictures.plain(100, 50, 77));
    assertThat(sketch.brightness()).isEqualTo(77);
    assertThat(sketch.contrast()).isZero();
    assertThat(sketch.sharpness()).isZero();
    assertThat(sketch.gray()).containsOnly(77);
  }

  @Test
  void figuresOfAnEdgeAreThoseWorkedByHand() {
    Pixels pixels = TestPictures.plain(128, 128, 0);
    for (int at = 0; at < pixels.data().length; at++) {
      pixels.data()[at] = (byte) (at % 128 < 64 ? 0 : 200);
    }
    Sketch sketch = TestPictures.sketch(pixels);
    assertThat(sketch.brightness()).isEqualTo(100);
    assertThat(sketch.contrast()).isEqualTo(100);
    // 200 in one of the 126 columns, −200 in the next, 0 elsewhere: 2 · 200² / 126.
    assertThat(sketch.sharpness()).isCloseTo(80_000f / 126, within(1e-2f));
  }

  @Test
  void blurLowersSharpness() {
    Pixels sharp = TestPictures.discs(3);
    Crop all = new Crop(0, 0, TestPictures.SIDE, TestPictures.SIDE);
    Pixels blurred =
        TestPictures.scaled(
            TestPictures.scaled(sharp, all, 16, 16),
            new Crop(0, 0, 16, 16),
            TestPictures.SIDE,
            TestPictures.SIDE);
    assertThat(TestPictures.sketch(blurred).sharpness())
        .isLessThan(TestPictures.sketch(sharp).sharpness() / 20);
  }
}
