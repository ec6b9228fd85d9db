package dev.discern.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Damaged exported files, in a JVM of their own with a limit on its memory. */
@EnabledOnOs(OS.LINUX)
class OnnxFuzzTest {
  private static final int FILES = 10_000;
  private static final int KILOBYTES = 9_000_000;

  @TempDir private Path folder;

  @Test
  void damagedFilesAreAnsweredOrRefused() throws Exception {
    Path out = folder.resolve("out.txt");
    List<String> command = new ArrayList<>(List.of("bash", "-c"));
    command.add("ulimit -v " + KILOBYTES + "; exec \"$@\"");
    command.addAll(
        List.of(
            "bash",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            OnnxMutations.class.getName(),
            "0",
            Integer.toString(FILES),
            folder.resolve("a.onnx").toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .directory(folder.toFile())
            .start();
    boolean ended = process.waitFor(20, TimeUnit.MINUTES);
    process.destroyForcibly();
    String said = Files.readString(out);
    assertThat(ended && process.exitValue() == 0).as(said).isTrue();
    assertThat(said).startsWith("Outcome[").contains("answered=", "refused=");
    long slowest = Long.parseLong(said.replaceFirst("(?s).*slowestMillis=(\\d+).*", "$1"));
    assertThat(slowest).as("milliseconds of the slowest file").isLessThan(1000);
  }
}
