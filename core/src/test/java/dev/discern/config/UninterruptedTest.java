package dev.discern.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UninterruptedTest {
  @TempDir private Path folder;

  @AfterEach
  void forget() {
    boolean unused = Thread.interrupted();
  }

  @Test
  void aPendingInterruptIsHeldBack() throws IOException {
    Path file = folder.resolve("file");
    Thread.currentThread().interrupt();
    AtomicFiles.writeText(file, "whole");
    assertThat(AtomicFiles.readText(file)).isEqualTo("whole");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anInterruptInTheMiddleStartsOver() throws IOException {
    Path file = folder.resolve("file");
    AtomicInteger attempts = new AtomicInteger();
    AtomicFiles.write(
        file,
        channel -> {
          int written = channel.write(ByteBuffer.wrap(new byte[] {1, 2}));
          assertThat(written).isEqualTo(2);
          if (attempts.incrementAndGet() < 3) {
            Thread.currentThread().interrupt();
          }
          channel.write(ByteBuffer.wrap(new byte[] {3}));
        });
    assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(attempts).hasValue(3);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void otherFailuresPass() {
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                Uninterrupted.call(
                    () -> {
                      throw new IOException("full");
                    }));
    assertThat(Thread.interrupted()).isTrue();
  }
}
