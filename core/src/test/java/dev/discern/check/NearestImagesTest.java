package dev.discern.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.data.LoadListener;
import dev.discern.feature.FeatureTable;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestImagesTest {
  private static FeatureTable random(int rows, int width, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[rows * width];
    for (int at = 0; at < values.length; at++) {
      values[at] = (float) random.nextGaussian();
    }
    return new FeatureTable(values, width);
  }

  private static NearestImages of(FeatureTable table, int most) {
    return NearestImages.of(table, most, LoadListener.NONE, () -> false);
  }

  private static double cosine(float[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int k = 0; k < a.length; k++) {
      ab += a[k] * b[k];
      aa += a[k] * a[k];
      bb += b[k] * b[k];
    }
    return ab / Math.sqrt(aa * bb);
  }

  @Test
  void areThoseOfASearchThroughAll() {
    FeatureTable table = random(200, 8, 2);
    NearestImages nearest = of(table, 3);
    IntStream.range(0, 200).forEach(i -> requireNearest(table, nearest, i, 1e-5));
  }

  @Test
  void areThoseOfASearchThroughAllAcrossTiles() {
    FeatureTable table = random(2100, 8, 3);
    NearestImages nearest = of(table, 3);
    for (int image : new int[] {0, 511, 1023, 1024, 1500, 2047, 2048, 2099}) {
      requireNearest(table, nearest, image, 1e-5);
    }
  }

  private static void requireNearest(
      FeatureTable table, NearestImages nearest, int image, double tolerance) {
    int count = nearest.images()[image].length;
    double[] sorted =
        IntStream.range(0, table.rows())
            .filter(j -> j != image)
            .mapToDouble(j -> -cosine(table.row(image), table.row(j)))
            .sorted()
            .toArray();
    assertThat(nearest.images()[image]).doesNotContain(image).doesNotHaveDuplicates();
    for (int k = 0; k < count; k++) {
      int found = nearest.images()[image][k];
      assertThat((double) nearest.cosines()[image][k])
          .isCloseTo(-sorted[k], within(tolerance))
          .isCloseTo(cosine(table.row(image), table.row(found)), within(tolerance));
    }
  }

  @Test
  void anImageIsNotItsOwnNeighborAmongCopies() {
    float[] values = new float[6 * 4];
    Arrays.fill(values, 1);
    NearestImages nearest = of(new FeatureTable(values, 4), 2);
    for (int i = 0; i < 6; i++) {
      assertThat(nearest.images()[i]).doesNotContain(i);
      assertThat(nearest.distance(i)).isCloseTo(0, within(1e-6));
    }
  }

  @Test
  void areFewerIfThereAreNoMoreImages() {
    assertThat(of(random(1, 4, 0), 5).distance(0)).isZero();
    assertThat(of(random(3, 4, 0), 5).images()[0]).hasSize(2);
  }

  @Test
  void survivesFeaturesThatAreAllZero() {
    NearestImages nearest = of(new FeatureTable(new float[12], 4), 1);
    assertThat(nearest.distance(0)).isEqualTo(1);
  }

  @Test
  void principalComponentsKeepAnglesIfAllAreKept() {
    FeatureTable table = random(120, 6, 5);
    // Two parts of one data set; centered beforehand, so that angles are about the mean.
    FeatureTable all = PrincipalComponents.of(List.of(table), 6);
    FeatureTable again = PrincipalComponents.of(List.of(all), 6);
    assertThat(cosine(again.row(3), again.row(70)))
        .isCloseTo(cosine(all.row(3), all.row(70)), within(1e-4));
    double squares = 0;
    for (float value : all.values()) {
      squares += value * value;
    }
    assertThat(squares / all.rows()).isCloseTo(6, within(1e-3));
  }

  @Test
  void principalComponentsDropTheLeastVariance() {
    FeatureTable table = random(300, 3, 9);
    for (int row = 0; row < 300; row++) {
      table.values()[3 * row + 1] *= 0.01f;
    }
    FeatureTable two = PrincipalComponents.of(List.of(table), 2);
    assertThat(two.width()).isEqualTo(2);
    assertThat(two.rows()).isEqualTo(300);
    FeatureTable three = PrincipalComponents.of(List.of(table), 3);
    assertThat(Math.abs(cosine(two.row(1), two.row(2))))
        .isCloseTo(Math.abs(cosine(three.row(1), three.row(2))), within(0.02));
  }
}
