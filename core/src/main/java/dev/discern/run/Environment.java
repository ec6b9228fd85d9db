package dev.discern.run;

import dev.discern.torch.Natives;
import dev.discern.torch.Processor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.global.torch;

/** The environment of a run: the facts that are needed to interpret or reproduce its results. */
public final class Environment {
  private Environment() {}

  /**
   * Describes this process.
   *
   * @return facts by name, in a fixed order, ready for JSON
   */
  public static Map<String, Object> describe() {
    Natives.load();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("started", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("discern", version());
    facts.put("gitCommit", commit());
    facts.put(
        "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
    facts.put("engine", Natives.versions());
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("architecture", System.getProperty("os.arch"));
    facts.put("processor", Processor.detect());
    facts.put("threads", torch.get_num_threads());
    return facts;
  }

  /** The commit that Discern was built from, if the launcher knows it. */
  static String commit() {
    return System.getProperty("discern.commit", "unknown");
  }

  /**
   * Discern's own version.
   *
   * @return as in the jar's manifest, or {@code development} outside a jar
   */
  public static String version() {
    String version = Environment.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
