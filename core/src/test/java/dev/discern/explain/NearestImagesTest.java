package dev.discern.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.feature.FeatureTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class NearestImagesTest {
  @Test
  void ranksByDirectionAndNotByLength() {
    NearestImages nearest =
        new NearestImages(new FeatureTable(new float[] {0, 1, 9, 9, 1, 0, -1, -1}, 2));
    List<Neighbor> found = nearest.of(new float[] {2, 1}, 4);
    assertThat(found).extracting(Neighbor::image).containsExactly(1, 2, 0, 3);
    assertThat(found.get(0).similarity()).isCloseTo(3 / Math.sqrt(10), within(1e-12));
    assertThat(found.get(3).similarity()).isCloseTo(-3 / Math.sqrt(10), within(1e-12));
  }

  @Test
  void keepsTheOrderOfEquallyNearImages() {
    NearestImages nearest = new NearestImages(new FeatureTable(new float[] {1, 0, 2, 0, 3, 0}, 2));
    assertThat(nearest.of(new float[] {1, 0}, 2)).extracting(Neighbor::image).containsExactly(0, 1);
  }

  @Test
  void featuresOfZeroAreNearNothing() {
    NearestImages nearest = new NearestImages(new FeatureTable(new float[] {0, 0, 2, 0}, 2));
    assertThat(nearest.of(new float[] {1, 0}, 2))
        .containsExactly(new Neighbor(1, 1), new Neighbor(0, 0));
    assertThat(nearest.of(new float[] {0, 0}, 9))
        .extracting(Neighbor::similarity)
        .containsOnly(0.0);
  }
}
