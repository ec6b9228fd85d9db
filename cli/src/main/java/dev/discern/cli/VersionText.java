package dev.discern.cli;

import dev.discern.run.Environment;
import dev.discern.torch.Natives;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.IVersionProvider;

/** The output of {@code --version}: what a report of a problem needs. Loads no native library. */
final class VersionText implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return lines().toArray(String[]::new);
  }

  /** Discern with its commit, Java, and the libraries that compute and decode. */
  static List<String> lines() {
    Map<String, String> libraries = Natives.versions();
    return List.of(
        "discern " + Environment.version() + " (commit " + Environment.commit() + ")",
        "Java    " + System.getProperty("java.version") + " (" + property("java.vm.name") + ")",
        "Engine  PyTorch " + libraries.get("pytorch") + ", OpenCV " + libraries.get("opencv"),
        "System  "
            + property("os.name")
            + " "
            + property("os.version")
            + ", "
            + property("os.arch"));
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}
