package dev.discern.weights;

import dev.discern.config.WorkFailed;
import dev.discern.torch.Natives;
import dev.discern.torch.Scope;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages weight files in many ways and reads them. By hand, in a JVM that may crash: main. */
final class WeightMutations {
  private static final int[] EDGES = {0, 1, 0x7f, 0x80, 0xfe, 0xff};
  private static final String OPCODES =
      "(.0NIJKMQRSTUVXabcde}goprstu)]\u0080\u0081\u0085\u0088\u008a\u008c\u0093\u0094";

  private WeightMutations() {}

  /**
   * What came out.
   *
   * @param slowestMillis the longest processor time of one file: independent of other load
   * @param read how many damaged files could still be read
   */
  record Outcome(long slowestMillis, int read) {}

  /**
   * Reads damaged copies of a format's golden files; each is read or refused in a sentence.
   *
   * @param format the golden files' ending
   * @param count how many damaged copies
   * @param scratch a file to write them to
   */
  static Outcome run(String format, int count, long seed, Path scratch) throws IOException {
    List<byte[]> files =
        GoldenWeights.files().stream()
            .filter(name -> name.endsWith(format))
            .map(GoldenWeights::bytes)
            .toList();
    SplittableRandom random = new SplittableRandom(seed);
    long slowest = 0;
    int read = 0;
    for (int k = 0; k < count; k++) {
      Files.write(scratch, damage(files.get(k % files.size()), random));
      long began = cpuNanos();
      read += read(scratch) ? 1 : 0;
      slowest = Math.max(slowest, (cpuNanos() - began) / 1_000_000);
    }
    return new Outcome(slowest, read);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static boolean read(Path file) {
    try (Scope scope = new Scope()) {
      return StateDict.read(file).listing().equals(StateDict.list(file));
    } catch (WorkFailed e) {
      String message = String.valueOf(e.getMessage());
      if (!message.contains(file.toString()) || !message.endsWith(".")) {
        throw new AssertionError("Not a sentence about the file: " + message, e);
      }
      return false;
    }
  }

  private static byte[] damage(byte[] whole, SplittableRandom random) {
    byte[] file = whole.clone();
    int changes = 1 + random.nextInt(4);
    for (int k = 0; k < changes; k++) {
      int at = position(file.length, random);
      switch (random.nextInt(8)) {
        case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> file[at] = (byte) EDGES[random.nextInt(EDGES.length)];
        case 2 -> file[at] = (byte) random.nextInt(256);
        case 3 -> file = Arrays.copyOf(file, 1 + random.nextInt(file.length));
        case 4 -> Arrays.fill(file, at, Math.min(file.length, at + 4), (byte) random.nextInt(256));
        case 5 -> file[at] = (byte) OPCODES.charAt(random.nextInt(OPCODES.length()));
        case 6 -> file = moved(file, at, random.nextInt(file.length), random.nextInt(1, 16));
        default -> {
          int from = random.nextInt(whole.length);
          int length = Math.min(random.nextInt(16), whole.length - from);
          System.arraycopy(whole, from, file, at, Math.min(length, file.length - at));
        }
      }
    }
    return file;
  }

  // The ends of a file say what is in between: headers here, a zip file's directory there.
  private static int position(int length, SplittableRandom random) {
    int reach = Math.min(length, 700);
    return switch (random.nextInt(4)) {
      case 0, 1 -> random.nextInt(reach);
      case 2 -> length - 1 - random.nextInt(reach);
      default -> random.nextInt(length);
    };
  }

  // Everything behind it moves, as after an edit.
  private static byte[] moved(byte[] file, int at, int from, int length) {
    int copied = Math.min(length, file.length - from);
    byte[] longer = new byte[file.length + copied];
    System.arraycopy(file, 0, longer, 0, at);
    System.arraycopy(file, from, longer, at, copied);
    System.arraycopy(file, at, longer, at + copied, file.length - at);
    return longer;
  }

  /**
   * Runs many mutations.
   *
   * @param args ending, count, seed, scratch file
   */
  public static void main(String[] args) throws IOException {
    Natives.load(); // takes longer than any file
    int count = Integer.parseInt(args[1]);
    long seed = Long.parseLong(args[2]);
    long slowest = 0;
    int read = 0;
    for (int done = 0; done < count; done += 500) {
      Outcome outcome = run(args[0], 500, seed + done, Path.of(args[3]));
      slowest = Math.max(slowest, outcome.slowestMillis());
      read += outcome.read();
    }
    System.out.println(args[0] + ": slowest " + slowest + " ms, read " + read + " of " + count);
  }
}
