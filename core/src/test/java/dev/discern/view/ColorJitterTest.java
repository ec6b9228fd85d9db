package dev.discern.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.image.Pixels;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ColorJitterTest {
  @Test
  void staysWithinItsBrightness() {
    SplittableRandom random = new SplittableRandom(0);
    int least = 255;
    int most = 0;
    for (int i = 0; i < 500; i++) {
      int value = jittered(new ColorJitter(0.4, 0, 0, 0), random, 100)[0] & 0xff;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    assertThat(least).isBetween(60, 62);
    assertThat(most).isBetween(137, 140);
  }

  @Test
  void reachesFromBlackToManyTimesAsBright() {
    SplittableRandom random = new SplittableRandom(1);
    int black = 0;
    int brighter = 0;
    for (int i = 0; i < 400; i++) {
      int value = jittered(new ColorJitter(3, 0, 0, 0), random, 60)[0] & 0xff;
      black += value == 0 ? 1 : 0;
      brighter += value > 120 ? 1 : 0;
    }
    // Factors are uniform in [0, 4], not [-2, 4]: half are above 2, hardly any below 1/60.
    assertThat(black).isLessThan(10);
    assertThat(brighter).isBetween(160, 240);
  }

  @Test
  void leavesGraysAloneButForTheirBrightness() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 50; i++) {
      assertThat(jittered(new ColorJitter(0, 0.9, 0.9, 0.5), random, 90, 90, 90))
          .containsExactly(90, 90, 90);
      assertThat(jittered(new ColorJitter(0, 0, 0.9, 0.5), random, 90)).containsExactly(90);
    }
  }

  private static byte[] jittered(ColorJitter jitter, SplittableRandom random, int... pixel) {
    byte[] data = new byte[pixel.length];
    for (int i = 0; i < pixel.length; i++) {
      data[i] = (byte) pixel[i];
    }
    return jitter.apply(new Pixels(1, 1, pixel.length, data), random).data();
  }
}
