package dev.discern.check;

import dev.discern.check.MeasuredImages.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Finds images whose size, shape, brightness or sharpness is far from that of the others. */
final class Unusual {
  private static final double BLANK_CONTRAST = 3;
  private static final double LN2 = Math.log(2);

  private final Pool pool;
  private final List<Finding> findings = new ArrayList<>();

  private Unusual(Pool pool) {
    this.pool = pool;
  }

  /** A finding for each unusual image; the least distances are in docs/check.md. */
  static List<Finding> in(Pool pool) {
    Unusual unusual = new Unusual(pool);
    unusual.add(
        Kind.SIZE,
        i -> log2(Math.min(pool.measured(i).width(), pool.measured(i).height())),
        2,
        i -> pool.measured(i).width() + " × " + pool.measured(i).height() + " pixels");
    // Either side may be the longer one.
    unusual.add(
        Kind.ASPECT,
        i -> Math.abs(log2(aspect(pool.measured(i)))),
        1,
        i -> shape(pool.measured(i)));
    unusual.add(
        Kind.BRIGHTNESS,
        i -> pool.sketch(i).brightness(),
        64,
        i -> String.format(Locale.ROOT, "brightness %.0f of 255", pool.sketch(i).brightness()));
    unusual.addBlurred();
    unusual.addBlank();
    return unusual.findings;
  }

  private static double log2(double value) {
    return Math.log(value) / LN2;
  }

  private static double aspect(Measured image) {
    return (double) image.width() / image.height();
  }

  private static String shape(Measured image) {
    double aspect = aspect(image);
    return String.format(
        Locale.ROOT,
        "%d × %d pixels, %.1f times as %s",
        image.width(),
        image.height(),
        Math.max(aspect, 1 / aspect),
        aspect > 1 ? "wide as high" : "high as wide");
  }

  private void add(
      Kind kind, IntToDoubleFunction measure, double leastDistance, IntFunction<String> words) {
    double[] values = IntStream.range(0, pool.size()).mapToDouble(measure).toArray();
    double median = Fence.median(values);
    Fence fence = Fence.of(values, leastDistance);
    for (int i = 0; i < values.length; i++) {
      if (fence.excludes(values[i])) {
        add(kind, i, Math.abs(values[i] - median), words.apply(i));
      }
    }
  }

  // Only too little sharpness is a fault.
  private void addBlurred() {
    double[] values =
        IntStream.range(0, pool.size()).mapToDouble(i -> sharpness(pool.sketch(i))).toArray();
    double median = Fence.median(values);
    Fence fence = Fence.of(values, 3);
    for (int i = 0; i < values.length; i++) {
      if (values[i] < fence.low() && pool.sketch(i).contrast() >= BLANK_CONTRAST) {
        String words = String.format(Locale.ROOT, "sharpness %.1f", pool.sketch(i).sharpness());
        add(Kind.BLUR, i, median - values[i], words);
      }
    }
  }

  private static double sharpness(Sketch sketch) {
    return log2(sketch.sharpness() + 1);
  }

  private void addBlank() {
    for (int i = 0; i < pool.size(); i++) {
      if (pool.sketch(i).contrast() < BLANK_CONTRAST) {
        add(Kind.BLANK, i, BLANK_CONTRAST - pool.sketch(i).contrast(), "almost one color");
      }
    }
  }

  private void add(Kind kind, int image, double score, String words) {
    findings.add(new Finding(kind, words, score, List.of(pool.member(image, ""))));
  }
}
