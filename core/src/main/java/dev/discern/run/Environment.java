package dev.discern.run;

import dev.discern.torch.Natives;
import dev.discern.torch.Processor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.bytedeco.pytorch.global.torch;

/** The environment of a run: the facts that are needed to interpret or reproduce its results. */
public final class Environment {
  private static final Properties BUILD = build();

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

  /**
   * The commit that Discern was built from.
   *
   * @return its hash, followed by {@code +changes} if the checkout had uncommitted ones, or {@code
   *     unknown} if it was built outside a checkout
   */
  public static String commit() {
    String commit = BUILD.getProperty("git.commit.id.full", "unknown");
    return commit + (BUILD.getProperty("git.dirty", "").equals("true") ? "+changes" : "");
  }

  /**
   * Discern's own version.
   *
   * @return as in its Maven coordinates, or {@code unknown} outside a Maven build
   */
  public static String version() {
    return BUILD.getProperty("git.build.version", "unknown");
  }

  private static Properties build() {
    Properties build = new Properties();
    try (InputStream in = Environment.class.getResourceAsStream("/META-INF/discern.properties")) {
      if (in != null) {
        build.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return build;
  }
}
