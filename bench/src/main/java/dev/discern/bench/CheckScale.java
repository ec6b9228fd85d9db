package dev.discern.bench;

import dev.discern.check.Analysis;
import dev.discern.check.CheckedData;
import dev.discern.check.Finding;
import dev.discern.check.Kind;
import dev.discern.data.GivenParts;
import dev.discern.data.GivenParts.Given;
import dev.discern.data.ImageSet;
import dev.discern.data.LoadListener;
import dev.discern.feature.FeatureTable;
import dev.discern.image.Encoded;
import dev.discern.image.Pixels;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Measures what {@code check} does after it has decoded the images and has their features, on
 * pictures and features drawn at random: 1,280 features with a spectrum like that of photographs,
 * each image with three neighbors close enough to be compared in detail, and 60 planted copies.
 *
 * <p>Arguments: images (100000), classes (10), features (1280).
 */
public final class CheckScale {
  private static final int SIDE = 64;
  private static final int COPIES = 60;
  private static final int GROUP = 4;

  private final int count;
  private final int classes;
  private final int width;
  private String activity = "drawing features";
  private long units;
  private long startNanos;
  private double startCpu;

  private CheckScale(int count, int classes, int width) {
    this.count = count;
    this.classes = classes;
    this.width = width;
  }

  /**
   * Runs the benchmark and prints the seconds of each activity.
   *
   * @param arguments images, classes, features
   * @throws IOException if the system does not say how much memory was used
   */
  public static void main(String[] arguments) throws IOException {
    new CheckScale(
            argument(arguments, 0, 100_000),
            argument(arguments, 1, 10),
            argument(arguments, 2, 1280))
        .run();
  }

  private static int argument(String[] arguments, int at, int otherwise) {
    return arguments.length > at ? Integer.parseInt(arguments[at]) : otherwise;
  }

  private void run() throws IOException {
    startNanos = System.nanoTime();
    startCpu = cpuSeconds();
    GivenParts given =
        new GivenParts(
            List.of(new Given("all", new Drawn(count, classes))),
            Collections.emptySortedMap(),
            List.of());
    FeatureTable features = features();
    enter("preparing");
    LoadListener listener =
        (next, done, total) -> {
          if (!next.equals(activity)) {
            enter(next);
          }
          units = total;
        };
    CheckedData checked =
        Analysis.of(
            given,
            List.of(features),
            Runtime.getRuntime().availableProcessors(),
            listener,
            () -> false);
    enter("");
    System.out.printf(
        Locale.ROOT,
        "%,d images: %d of %d planted copies found, %d other images accused; %s%n",
        count,
        planted(checked),
        COPIES,
        accused(checked) - 2 * planted(checked),
        peak());
  }

  // The activity before this one ends here, so its line includes what went before its first report.
  private void enter(String next) {
    System.out.printf(
        Locale.ROOT,
        "%-40s %,9d  %7.1f s, %7.1f s of processor time%n",
        activity,
        units,
        (System.nanoTime() - startNanos) / 1e9,
        cpuSeconds() - startCpu);
    activity = next;
    units = 0;
    startNanos = System.nanoTime();
    startCpu = cpuSeconds();
  }

  private static double cpuSeconds() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime() / 1e9
        : Double.NaN;
  }

  private static String peak() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .findFirst()
        .orElse("VmHWM unknown");
  }

  private static long planted(CheckedData checked) {
    return checked.of(Kind.DUPLICATE).stream().filter(CheckScale::isPlanted).count()
        + checked.of(Kind.CONTRADICTION).stream().filter(CheckScale::isPlanted).count();
  }

  private static int accused(CheckedData checked) {
    return checked.of(Kind.DUPLICATE).stream().mapToInt(f -> f.members().size()).sum()
        + checked.of(Kind.CONTRADICTION).stream().mapToInt(f -> f.members().size()).sum();
  }

  private static boolean isPlanted(Finding finding) {
    return finding.members().size() == 2;
  }

  private static int original(int image, int count) {
    return image >= count - COPIES ? image - (count - COPIES) : image;
  }

  private FeatureTable features() {
    float[] values = new float[Math.multiplyExact(count, width)];
    double[] scale =
        IntStream.range(0, width).mapToDouble(k -> 1 / Math.sqrt(1 + k / 8.0)).toArray();
    for (int i = 0; i < count; i++) {
      int from = original(i, count);
      SplittableRandom group = new SplittableRandom(from / GROUP);
      SplittableRandom own = new SplittableRandom(1_000_000_007L + from);
      for (int k = 0; k < width; k++) {
        double mean = k % classes == from / GROUP % classes ? 0.5 : 0;
        double drawn = group.nextGaussian() + 0.3 * own.nextGaussian();
        values[i * width + k] = (float) (mean + scale[k] * drawn);
      }
    }
    return new FeatureTable(values, width);
  }

  /** Pictures that their number alone determines, drawn when asked for. */
  private record Drawn(int size, int classCount) implements ImageSet {
    @Override
    public Encoded image(int i) {
      SplittableRandom random = new SplittableRandom(original(i, size));
      byte[] data = new byte[SIDE * SIDE];
      random.nextBytes(data);
      return Encoded.of(new Pixels(SIDE, SIDE, 1, data));
    }

    @Override
    public List<String> classNames() {
      return IntStream.range(0, classCount).mapToObj(k -> "class " + k).toList();
    }

    @Override
    public int label(int i) {
      return original(i, size) / GROUP % classCount;
    }

    @Override
    public String describe(int i) {
      return "image " + i;
    }

    @Override
    public byte[] identity(int i) {
      return ByteBuffer.allocate(Integer.BYTES).putInt(original(i, size)).array();
    }
  }
}
