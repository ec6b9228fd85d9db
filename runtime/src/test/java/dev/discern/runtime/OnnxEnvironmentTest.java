package dev.discern.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxEnvironmentTest {
  @TempDir private Path folder;

  /** Creates the environment in a process of its own. */
  static final class Probe {
    private Probe() {}

    public static void main(String[] arguments) {
      OnnxEnvironment.get();
    }
  }

  @Test
  void aLongCommandLineDoesNotCrashTheProcess() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(java, "-Dpadding=" + "x".repeat(100_000), Probe.class.getName());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.directory(folder.toFile()); // where a crash would leave its report
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
