package dev.discern.image;

import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/** Damages image files in many ways and decodes them. By hand, in a JVM that may crash: main. */
final class Mutations {
  private static final int[] EDGES = {0, 1, 0x7f, 0x80, 0xfe, 0xff};

  private Mutations() {}

  /**
   * Decodes damaged copies of a format's golden files; each is an image or refused in a sentence.
   *
   * @param extension the golden files' ending
   * @param count how many damaged copies
   * @param scratch a file to write them to
   * @return the longest processor time that one took, in milliseconds: independent of other load
   */
  static long run(String extension, int count, long seed, Path scratch) throws IOException {
    List<byte[]> files =
        Golden.files().entrySet().stream()
            .filter(e -> e.getKey().endsWith("." + extension))
            .map(e -> e.getValue().file())
            .toList();
    SplittableRandom random = new SplittableRandom(seed);
    long slowest = 0;
    for (int k = 0; k < count; k++) {
      byte[] damaged = damage(files.get(k % files.size()), random);
      Files.write(scratch, damaged);
      long began = cpuNanos();
      decode(scratch, k % 3 == 0 ? 4 : Integer.MAX_VALUE, k % 2 == 0 ? 3 : 1);
      slowest = Math.max(slowest, (cpuNanos() - began) / 1_000_000);
    }
    return slowest;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void decode(Path file, int atLeast, int channels) {
    ImageFile image = new ImageFile(file);
    try (Raster raster = image.decode(atLeast, channels)) {
      Crop all = new Crop(0, 0, raster.height(), raster.width());
      raster.scaled(all, 16, 16, Interpolation.BILINEAR);
    } catch (WorkFailed e) {
      requireSentence(file, e);
    }
    try {
      image.probe();
    } catch (WorkFailed e) {
      requireSentence(file, e);
    }
  }

  private static void requireSentence(Path file, WorkFailed e) {
    String message = String.valueOf(e.getMessage());
    if (!message.startsWith("The image " + file + " ") || !message.endsWith(".")) {
      throw new AssertionError("Not a sentence about the file: " + message, e);
    }
  }

  private static byte[] damage(byte[] whole, SplittableRandom random) {
    byte[] file = whole.clone();
    int changes = 1 + random.nextInt(4);
    for (int k = 0; k < changes; k++) {
      // Half of the changes hit the header, where sizes and counts are.
      int reach = random.nextBoolean() ? Math.min(file.length, 120) : file.length;
      int at = random.nextInt(reach);
      switch (random.nextInt(6)) {
        case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> file[at] = (byte) EDGES[random.nextInt(EDGES.length)];
        case 2 -> file[at] = (byte) random.nextInt(256);
        case 3 -> file = Arrays.copyOf(file, 1 + random.nextInt(file.length));
        case 4 -> Arrays.fill(file, at, Math.min(file.length, at + 4), (byte) random.nextInt(256));
        default -> {
          int from = random.nextInt(file.length);
          int length = Math.min(random.nextInt(16), file.length - Math.max(at, from));
          System.arraycopy(whole, from, file, at, Math.min(length, whole.length - from));
        }
      }
    }
    return random.nextInt(4) > 0 ? withChecksums(file) : file;
  }

  // Otherwise a PNG's checksums would hide everything behind them.
  private static byte[] withChecksums(byte[] file) {
    boolean png = file.length > 8 && file[0] == (byte) 0x89 && file[1] == 'P';
    for (int at = 8; png && at + 12 <= file.length; ) {
      int length = ByteBuffer.wrap(file).getInt(at);
      if (length < 0 || length > file.length - at - 12) {
        break;
      }
      CRC32 sum = new CRC32();
      sum.update(file, at + 4, length + 4);
      ByteBuffer.wrap(file).putInt(at + 8 + length, (int) sum.getValue());
      at += 12 + length;
    }
    return file;
  }

  /**
   * Runs many mutations.
   *
   * @param args extension, count, seed, scratch file
   */
  public static void main(String[] args) throws IOException {
    int count = Integer.parseInt(args[1]);
    long seed = Long.parseLong(args[2]);
    long slowest = 0;
    for (int done = 0; done < count; done += 500) {
      System.out.println(args[0] + " seed " + (seed + done));
      slowest = Math.max(slowest, run(args[0], 500, seed + done, Path.of(args[3])));
    }
    System.out.println(args[0] + ": slowest " + slowest + " ms");
  }
}
