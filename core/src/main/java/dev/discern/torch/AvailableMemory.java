package dev.discern.torch;

import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * The memory that this process can still allocate: what the system has left, within its container's
 * limit.
 */
public final class AvailableMemory {
  private AvailableMemory() {}

  /**
   * Measures the available memory.
   *
   * @return bytes; empty where the system does not say
   */
  public static OptionalLong bytes() {
    return bytes(Path.of("/"));
  }

  static OptionalLong bytes(Path root) {
    OptionalLong system = ofSystem(root.resolve("proc/meminfo"));
    LongStream groups =
        ControlGroups.folders(root, "memory").stream()
            .map(AvailableMemory::ofGroup)
            .flatMapToLong(OptionalLong::stream);
    return LongStream.concat(system.stream(), groups).min();
  }

  private static OptionalLong ofSystem(Path file) {
    return ProcFiles.lines(file).stream()
        .filter(line -> line.matches("MemAvailable: +\\d{1,15} kB"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst();
  }

  // Version 2 first; without a limit, the file has "max" or a number beyond any machine's memory.
  private static OptionalLong ofGroup(Path folder) {
    OptionalLong limit = number(folder, "memory.max", "memory.limit_in_bytes");
    OptionalLong used = number(folder, "memory.current", "memory.usage_in_bytes");
    return limit.isPresent() && used.isPresent()
        ? OptionalLong.of(Math.max(0, limit.getAsLong() - used.getAsLong()))
        : OptionalLong.empty();
  }

  private static OptionalLong number(Path folder, String second, String first) {
    String text = ProcFiles.firstLine(folder.resolve(second));
    String number = text.isEmpty() ? ProcFiles.firstLine(folder.resolve(first)) : text;
    return number.matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(number))
        : OptionalLong.empty();
  }
}
