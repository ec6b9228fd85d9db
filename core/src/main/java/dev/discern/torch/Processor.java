package dev.discern.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the system reports about the processor, read without native libraries. If the system reports
 * nothing (macOS, Windows), the name is the architecture's, there are no flags, and every logical
 * processor counts as a core.
 *
 * @param model the marketing name, such as {@code AMD EPYC 9354P}
 * @param flags the instruction sets under Linux's names, sorted
 * @param logical logical processors that this process may use
 * @param physical physical cores of the machine, at least 1
 */
public record Processor(String model, SortedSet<String> flags, int logical, int physical) {
  // Arm's svebf16 never comes without bf16.
  private static final Set<String> BF16 = Set.of("avx512_bf16", "amx_bf16", "bf16");
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  /** Keeps an unmodifiable copy of the flags. */
  public Processor {
    flags = Collections.unmodifiableSortedSet(new TreeSet<>(flags));
  }

  /**
   * Reads the processor of this machine.
   *
   * @return its processor
   */
  public static Processor detect() {
    int logical = Runtime.getRuntime().availableProcessors();
    try {
      return parse(Files.readAllLines(CPUINFO), logical);
    } catch (IOException e) {
      return parse(List.of(), logical);
    }
  }

  /**
   * Whether the processor has instructions that multiply bfloat16 matrices: {@code avx512_bf16} or
   * {@code amx_bf16} on x86, {@code bf16} on Arm. Without them bfloat16 is slower than float32.
   *
   * @return whether it has them; false if unknown
   */
  public boolean hasBf16() {
    return !Collections.disjoint(flags, BF16);
  }

  /**
   * Reads Linux's {@code /proc/cpuinfo}.
   *
   * @param lines its lines, {@code key : value}, one block per logical processor
   * @param logical logical processors that this process may use
   */
  static Processor parse(List<String> lines, int logical) {
    String model = System.getProperty("os.arch", "unknown");
    SortedSet<String> flags = new TreeSet<>();
    Set<String> cores = new HashSet<>();
    String chip = "";
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        continue;
      }
      String value = line.substring(colon + 1).strip();
      switch (line.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
        case "model name" -> model = value;
        case "flags", "features" -> flags.addAll(List.of(value.split("\\s+")));
        case "physical id" -> chip = value;
        case "core id" -> cores.add(chip + "/" + value);
        default -> {}
      }
    }
    return new Processor(model, flags, logical, cores.isEmpty() ? logical : cores.size());
  }
}
