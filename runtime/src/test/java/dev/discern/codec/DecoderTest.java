package dev.discern.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.scale.Bitmap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Decoding in Java against Pillow, on the files that core decodes too. */
class DecoderTest {
  @TestFactory
  Stream<DynamicTest> decodesWhatPillowDecodes() {
    return Golden.files().entrySet().stream()
        .map(golden -> DynamicTest.dynamicTest(golden.getKey(), () -> check(golden)));
  }

  private static void check(Map.Entry<String, Golden.Case> golden) throws BadImage {
    Bitmap expected = golden.getValue().rgb();
    Bitmap actual =
        Decoder.decode(golden.getValue().file(), Integer.MAX_VALUE, 3, Limits.MAX_PIXELS);
    assertThat(actual.height()).isEqualTo(expected.height());
    assertThat(actual.width()).isEqualTo(expected.width());
    if (golden.getKey().matches("lossy.*|animated-alpha.*")) {
      // Known differences of the library's WebP reader, stated in docs/runtime.md.
      assertThat(mean(actual.data(), expected.data())).as("mean difference").isLessThan(9);
      return;
    }
    int tolerance = golden.getKey().matches("(cmyk|ycck).*") ? 3 : 1;
    assertThat(worst(actual.data(), expected.data()))
        .as("largest difference")
        .isLessThanOrEqualTo(tolerance);
  }

  static int worst(byte[] actual, byte[] expected) {
    int worst = 0;
    for (int k = 0; k < actual.length; k++) {
      worst = Math.max(worst, Math.abs((actual[k] & 0xff) - (expected[k] & 0xff)));
    }
    return worst;
  }

  private static double mean(byte[] actual, byte[] expected) {
    double sum = 0;
    for (int k = 0; k < actual.length; k++) {
      sum += Math.abs((actual[k] & 0xff) - (expected[k] & 0xff));
    }
    return sum / actual.length;
  }
}
