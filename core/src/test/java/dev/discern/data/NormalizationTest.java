package dev.discern.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.discern.image.ImageShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class NormalizationTest {
  @Test
  void measuresMeanAndDeviationOfTheTrainingImages() {
    ImageShape shape = new ImageShape(3, 5, 4);
    ImageSet set = TestImages.memory(shape, 50, 2, 3);
    Normalization normalization = Normalization.of(set, TestImages.view(shape));
    double[] sum = new double[3];
    double[] squares = new double[3];
    for (int i = 0; i < set.size(); i++) {
      byte[] image = TestImages.seen(set, i, shape);
      for (int p = 0; p < image.length; p++) {
        double value =
            ((image[p] & 0xff) / 255.0 - normalization.mean()[p % 3]) / normalization.std()[p % 3];
        sum[p % 3] += value;
        squares[p % 3] += value * value;
      }
    }
    for (int c = 0; c < 3; c++) {
      assertThat(sum[c] / 1000).isCloseTo(0, within(1e-5));
      assertThat(squares[c] / 1000).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void looksAtNoMoreThanASampleEvenlySpaced() {
    ImageShape dot = new ImageShape(1, 1, 1);
    int size = 5 * 1024 + 3;
    byte[] pixels = new byte[size];
    for (int i = 0; i < size; i++) {
      pixels[i] = (byte) (i % 5 == 0 ? 255 : 0);
    }
    ImageSet set = new MemoryImageSet("dots", dot, List.of("a"), pixels, new int[size]);

    assertThat(Normalization.of(set, TestImages.view(dot)).mean()).containsExactly(1);
  }

  @Test
  void measuresEachChannel() {
    ImageShape shape = new ImageShape(3, 1, 1);
    MemoryImageSet set =
        new MemoryImageSet(
            "two",
            shape,
            List.of("a", "b"),
            TestImages.bytes(0, 255, 51, 255, 255, 51),
            new int[] {0, 1});

    Normalization normalization = Normalization.of(set, TestImages.view(shape));

    assertThat(normalization.mean()).containsExactly(0.5f, 1, 0.2f);
    assertThat(normalization.std()).containsExactly(0.5f, 1 / 255f, 1 / 255f);
  }

  @Test
  void isEqualByContent() {
    Normalization one = new Normalization(new float[] {0.5f}, new float[] {1});
    Normalization same = new Normalization(new float[] {0.5f}, new float[] {1});
    Normalization other = new Normalization(new float[] {0.4f}, new float[] {1});

    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
  }

  @Test
  void refusesStatisticsThatCantBe() {
    assertThatThrownBy(() -> new Normalization(new float[] {0}, new float[] {0}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Normalization(new float[] {0}, new float[] {Float.NaN}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Normalization(new float[] {0, 0}, new float[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
