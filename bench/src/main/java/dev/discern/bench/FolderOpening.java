package dev.discern.bench;

import dev.discern.config.ConfigTree;
import dev.discern.config.DataConfig;
import dev.discern.data.Datasets;
import dev.discern.data.Fingerprint;
import dev.discern.data.Split;
import dev.discern.run.Defaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures opening a folder of many images: list, split, fingerprint. The files are not images,
 * because opening must not read their content. Target: under 5 s and 512 MB of heap for 100,000
 * files; run it with {@code -Xmx512m}.
 *
 * <p>Arguments: files (100000), classes (100).
 */
public final class FolderOpening {
  private FolderOpening() {}

  /**
   * Runs the benchmark and prints the results.
   *
   * @param arguments files, classes
   * @throws IOException if the folder cannot be created
   */
  public static void main(String[] arguments) throws IOException {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    int classes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
    Path root = Files.createTempDirectory("discern-opening");
    try {
      make(root, count, classes);
      DataConfig config = ConfigTree.of(Defaults.of(root.toString())).toConfig("bench").data();
      for (int round = 1; round <= 3; round++) {
        open(config, count, round);
      }
    } finally {
      delete(root);
    }
  }

  private static void open(DataConfig config, int count, int round) {
    long start = System.nanoTime();
    Split split = Datasets.load(config);
    double listed = (System.nanoTime() - start) / 1e9;
    String fingerprint = Fingerprint.of(split);
    double seconds = (System.nanoTime() - start) / 1e9;
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        Locale.ROOT,
        "round %d  %,d files  listed %.2f s, with fingerprint %s %.2f s (target: 5)  heap in use"
            + " %.0f MB%n",
        round,
        count,
        listed,
        fingerprint.substring(0, 8),
        seconds,
        (runtime.totalMemory() - runtime.freeMemory()) / 1e6);
  }

  private static void make(Path root, int count, int classes) throws IOException {
    for (int c = 0; c < classes; c++) {
      Path folder = Files.createDirectory(root.resolve("class" + c));
      for (int i = 0; i < count / classes; i++) {
        Files.writeString(folder.resolve(i + ".jpg"), "image " + i);
      }
    }
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
