package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Runs commands in this process. */
final class Cli {
  private Cli() {}

  /** What a command did. */
  record Result(int exit, String out, String err) {}

  static Result run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    int exit = Main.run(new PrintWriter(out), new PrintWriter(err), texts);
    return new Result(exit, out.toString(), err.toString());
  }

  /** A command line with options changed or added. */
  static Object[] with(Object[] line, Object... more) {
    List<Object> all = new ArrayList<>(Arrays.asList(line));
    for (int i = 0; i < more.length; i += 2) {
      int known = all.indexOf(more[i]);
      if (known >= 0) {
        all.set(known + 1, more[i + 1]);
      } else {
        all.addAll(List.of(more[i], more[i + 1]));
      }
    }
    return all.toArray();
  }

  /** Runs a command in a process of its own, with other environment variables. */
  static Result run(Map<String, String> variables, Object... arguments) throws Exception {
    Path out = Files.createTempFile("discern", ".out");
    Path err = Files.createTempFile("discern", ".err");
    try {
      ProcessBuilder builder = process(arguments);
      builder.environment().putAll(variables);
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      int exit = builder.start().waitFor();
      return new Result(exit, Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Starts a command in a process of its own, to be killed. */
  static Process start(Object... arguments) throws IOException {
    return process(arguments).redirectOutput(new File("/dev/null")).start();
  }

  /** Starts a command in a process of its own, with other environment variables, to be killed. */
  static Process start(Map<String, String> variables, Object... arguments) throws IOException {
    ProcessBuilder builder = process(arguments).redirectOutput(new File("/dev/null"));
    builder.environment().putAll(variables);
    return builder.start();
  }

  private static ProcessBuilder process(Object... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.discern.cli.Main"));
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    return new ProcessBuilder(command);
  }

  /** Waits until a process that lives has written so many lines. */
  static void waitForLines(Path file, int lines, Process process) throws IOException {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!Files.exists(file) || Files.readAllLines(file).size() < lines) {
      assertThat(process.isAlive() && System.nanoTime() < end).isTrue();
      LockSupport.parkNanos(5_000_000);
    }
  }
}
