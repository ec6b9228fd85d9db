package dev.discern.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.discern.config.WorkFailed;
import dev.discern.torch.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that must be refused in a sentence, both when listed and when read. */
record Refused(Path folder) {
  /** The sentence without the file's name. */
  String reason(byte[] content) {
    Path file = folder.resolve("weights.bin");
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String reason = reason(file, catchThrowable(() -> StateDict.list(file)));
    try (Scope scope = new Scope()) {
      assertThat(reason(file, catchThrowable(() -> StateDict.read(file)))).isEqualTo(reason);
    }
    return reason;
  }

  static String reason(Path file, Throwable refusal) {
    assertThat(refusal).isInstanceOf(WorkFailed.class);
    String message = String.valueOf(refusal.getMessage());
    assertThat(message).contains(file.toString()).endsWith(".").doesNotContain("\n");
    return message.replace(file.toString(), "");
  }
}
