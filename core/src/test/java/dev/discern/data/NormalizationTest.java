package dev.discern.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.discern.image.ImageShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class NormalizationTest {
  @Test
  void givesTheTrainingSetMeanZeroAndDeviationOne() {
    ImageSet set = TestImages.memory(new ImageShape(3, 5, 4), 50, 2, 3);
    Normalization normalization = Normalization.of(set);
    double[] sum = new double[3];
    double[] squares = new double[3];
    byte[] image = new byte[set.shape().volume()];
    for (int i = 0; i < set.size(); i++) {
      set.read(i, image, 0);
      float[] values = normalization.apply(image, set.shape());
      for (int p = 0; p < values.length; p++) {
        sum[p / 20] += values[p];
        squares[p / 20] += values[p] * values[p];
      }
    }
    for (int c = 0; c < 3; c++) {
      assertThat(sum[c] / 1000).isCloseTo(0, within(1e-5));
      assertThat(squares[c] / 1000).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void measuresEachChannel() {
    MemoryImageSet set =
        new MemoryImageSet(
            "two",
            new ImageShape(3, 1, 1),
            List.of("a", "b"),
            TestImages.bytes(0, 255, 51, 255, 255, 51),
            new int[] {0, 1});

    Normalization normalization = Normalization.of(set);

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
