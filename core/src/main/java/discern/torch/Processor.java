package discern.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the processor can do, as Linux tells it; other systems tell nothing, and get float32. */
public final class Processor {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Set<String> BF16 = Set.of("avx512_bf16", "amx_bf16", "bf16");

  private Processor() {}

  /**
   * Whether the processor multiplies bfloat16 in hardware.
   *
   * @return true if Linux lists AVX-512 BF16, AMX BF16 or Arm's BF16
   */
  public static boolean hasBf16() {
    return flags(read()).stream().anyMatch(BF16::contains);
  }

  /**
   * Facts for a run's record.
   *
   * @return model name, logical processors, and the flags that matter for speed
   */
  public static Map<String, Object> describe() {
    List<String> lines = read();
    Set<String> relevant = new TreeSet<>(flags(lines));
    relevant.removeIf(flag -> !flag.matches("(avx|amx|fma|bf16|asimd|sve).*"));
    Map<String, Object> facts = new TreeMap<>();
    facts.put("model", value(lines, "model name"));
    facts.put("logicalProcessors", Runtime.getRuntime().availableProcessors());
    facts.put("flags", relevant);
    return facts;
  }

  static Set<String> flags(List<String> cpuInfo) {
    String flags = value(cpuInfo, "flags");
    String text = flags.isEmpty() ? value(cpuInfo, "Features") : flags;
    return Set.copyOf(List.of(text.split(" ")));
  }

  private static String value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("");
  }

  private static List<String> read() {
    try {
      return Files.readAllLines(CPU_INFO);
    } catch (IOException e) {
      return List.of();
    }
  }
}
