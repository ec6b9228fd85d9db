package dev.discern.cli;

import dev.discern.config.WorkFailed;
import dev.discern.run.Environment;
import dev.discern.torch.Devices;
import dev.discern.torch.NativeSettings;
import dev.discern.torch.Natives;
import dev.discern.torch.Precision;
import dev.discern.torch.Processor;
import dev.discern.torch.Threads;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code discern doctor}. */
@Command(
    name = "doctor",
    description = "Shows the hardware and libraries of this machine, and whether the engine loads.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Threads.use(Threads.choose(Threads.AUTO));
    Map<String, Object> facts = new LinkedHashMap<>(Environment.describe());
    facts.put("allocator", NativeSettings.allocator());
    facts.put("blasThreads", NativeSettings.blasThreads());
    facts.put("precision", Precision.choose("auto", Devices.of("cpu")).name());
    facts.put("cuda", cuda());
    facts.put("images", "PNG and JPEG by OpenCV " + Natives.versions().get("opencv"));
    PrintWriter out = Console.out(spec);
    if (json) {
      out.println(JsonMapper.shared().valueToTree(facts).toPrettyString());
    } else {
      facts.put("processor", processor(Processor.detect()));
      facts.forEach((name, value) -> out.printf("%-14s %s%n", name, value));
      NativeSettings.advice().forEach(out::println);
      out.println("The engine loads and computes.");
    }
    return 0;
  }

  // The full list of flags is for programs (--json); people need only what matters for speed.
  private static String processor(Processor found) {
    String vectors =
        found.flags().stream()
            .filter(flag -> flag.matches("avx2|avx512f|avx512_bf16|amx_bf16|asimd|bf16"))
            .collect(Collectors.joining(", "));
    return found.model()
        + ", "
        + found.physical()
        + " cores, "
        + found.logical()
        + " threads; "
        + (vectors.isEmpty() ? "no vector instructions known" : vectors);
  }

  private static String cuda() {
    try {
      return "available: " + Devices.of("cuda");
    } catch (WorkFailed e) {
      return String.valueOf(e.getMessage());
    }
  }
}
