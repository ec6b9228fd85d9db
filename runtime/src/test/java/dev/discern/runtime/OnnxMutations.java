package dev.discern.runtime;

import dev.discern.failure.DiscernException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Damages exported files in many ways, opens them and classifies an image. */
final class OnnxMutations {
  private static final int[] EDGES = {0, 1, 0x7f, 0x80, 0xfe, 0xff};
  private static final String[] FILES = {"small", "cubic", "several"};
  private static final Options OPTIONS = Options.defaults().withThreads(1);

  private OnnxMutations() {}

  /**
   * What became of the files.
   *
   * @param slowestMillis the longest processor time that one took: independent of other load
   * @param answers how many files came to which end
   */
  record Outcome(long slowestMillis, Map<String, Integer> answers) {}

  /**
   * In a JVM of its own, which may crash.
   *
   * @param arguments first seed, number of files, scratch file; the number of the last file is
   *     written beside it
   */
  public static void main(String[] arguments) throws IOException {
    Path scratch = Path.of(arguments[2]);
    System.out.println(
        run(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), scratch));
  }

  static Outcome run(int first, int count, Path scratch) throws IOException {
    Map<String, Integer> answers = new TreeMap<>();
    long slowest = 0;
    for (int k = first; k < first + count; k++) {
      byte[] whole = Files.readAllBytes(Exported.file(FILES[k % FILES.length]));
      Files.write(scratch, damage(whole, new SplittableRandom(k)));
      long began = cpuNanos();
      answers.merge(answer(scratch), 1, Integer::sum);
      slowest = Math.max(slowest, cpuNanos() - began);
    }
    return new Outcome(slowest / 1_000_000, answers);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static String answer(Path file) {
    try (Classifier classifier = Classifier.open(file, OPTIONS)) {
      try {
        classifier.classify(Image.of(Exported.pixels(40, 57)));
        return "answered";
      } catch (DiscernException e) {
        return "refused at the first image";
      }
    } catch (DiscernException e) {
      String message = String.valueOf(e.getMessage());
      if (!message.startsWith("The file " + file + " ") || !message.endsWith(".")) {
        throw new AssertionError(message, e);
      }
      return message.contains("ONNX Runtime") ? "refused by the native library" : "refused";
    }
  }

  static byte[] damage(byte[] whole, SplittableRandom random) {
    byte[] file = whole.clone();
    switch (random.nextInt(6)) {
      case 0 -> file = Arrays.copyOf(file, random.nextInt(file.length));
      case 1 -> file = without(file, random);
      case 2 -> file = twice(file, random);
      default -> {
        for (int k = 1 + random.nextInt(4); k > 0; k--) {
          int at = random.nextInt(file.length);
          switch (random.nextInt(3)) {
            case 0 -> file[at] = (byte) random.nextInt(256);
            case 1 -> file[at] = (byte) EDGES[random.nextInt(EDGES.length)];
            default -> file[at] ^= (byte) (1 << random.nextInt(8));
          }
        }
      }
    }
    return file;
  }

  private static byte[] without(byte[] file, SplittableRandom random) {
    int from = random.nextInt(file.length);
    int length = Math.min(file.length - from, 1 + random.nextInt(64));
    byte[] shorter = Arrays.copyOf(file, file.length - length);
    System.arraycopy(file, from + length, shorter, from, file.length - from - length);
    return shorter;
  }

  private static byte[] twice(byte[] file, SplittableRandom random) {
    int from = random.nextInt(file.length);
    int length = Math.min(file.length - from, 1 + random.nextInt(64));
    byte[] longer = Arrays.copyOf(file, file.length + length);
    System.arraycopy(file, from, longer, from + length, file.length - from);
    return longer;
  }
}
