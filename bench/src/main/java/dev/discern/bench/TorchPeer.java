package dev.discern.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PyTorch in a process of its own, tools/bench/networks.py, which is idle between questions. */
final class TorchPeer implements AutoCloseable {
  private final Process process;
  private final Writer questions;
  private final BufferedReader answers;

  private TorchPeer(Process process) {
    this.process = process;
    questions = process.outputWriter(StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts the peer with a clock, {@code wall} or {@code cpu}, or returns empty if there is no
   * interpreter for it.
   */
  static Optional<TorchPeer> start(@Nullable String python, String clock) throws IOException {
    if (python == null || python.isEmpty()) {
      return Optional.empty();
    }
    ProcessBuilder builder = new ProcessBuilder(python, "tools/bench/networks.py", clock);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return Optional.of(new TorchPeer(builder.start()));
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
