package dev.discern.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Python program in a process of its own, which is idle between questions. */
final class PythonPeer implements AutoCloseable {
  private final Process process;
  private final Writer questions;
  private final BufferedReader answers;

  private PythonPeer(Process process) {
    this.process = process;
    questions = process.outputWriter(StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a script with arguments, or returns empty if there is no interpreter for it. */
  static Optional<PythonPeer> start(@Nullable String python, String script, String... arguments)
      throws IOException {
    if (python == null || python.isEmpty()) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(List.of(python, script));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return Optional.of(new PythonPeer(builder.start()));
  }

  /** Asks and waits for the answer. */
  String ask(String question) {
    try {
      questions.write(question + "\n");
      questions.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException("The peer ended at '" + question + "'.");
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      questions.close();
    } catch (IOException e) {
      process.destroy();
    }
  }
}
