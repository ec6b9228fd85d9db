package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class StandardStreamsTest {
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  private static OutputStream failing(String reason) {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        throw new IOException(reason);
      }
    };
  }

  private int finish(OutputStream out, int code) {
    StandardStreams streams = new StandardStreams(out, errors);
    streams.out.println("0.93 für Bäume");
    return streams.finish(code);
  }

  private String errors() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  @Test
  void writesUtf8AndKeepsTheExitCode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(finish(out, 0)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).strip()).isEqualTo("0.93 für Bäume");
    assertThat(errors()).isEmpty();
  }

  @Test
  void failsWhereTheOutputIsLost() {
    assertThat(finish(failing("No space left on device"), 0)).isEqualTo(1);
    assertThat(errors().strip())
        .isEqualTo("discern: Could not write to standard output (No space left on device).");
  }

  @Test
  void isSilentWhereTheReaderHasReadEnough() {
    assertThat(finish(failing("Broken pipe"), 0)).isEqualTo(141);
    assertThat(errors()).isEmpty();
  }

  @Test
  void keepsTheCodeOfACommandThatFailedBefore() {
    assertThat(finish(failing("No space left on device"), 2)).isEqualTo(2);
    assertThat(finish(failing("Broken pipe"), 130)).isEqualTo(130);
  }
}
