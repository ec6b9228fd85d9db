package dev.discern.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.config.WorkFailed;
import dev.discern.data.TestImages;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
  private static final Patience PATIENCE =
      new Patience(4, Duration.ofMillis(1), Duration.ofMinutes(2), Duration.ofSeconds(20));

  private final byte[] content = new byte[200_000];
  @TempDir private Path folder;
  private FileServer server;
  private Path target;
  private Path part;

  @BeforeEach
  void serveAFile() throws IOException {
    new SplittableRandom(1).nextBytes(content);
    server = new FileServer();
    server.files.put("data.bin", content);
    target = folder.resolve("cache").resolve("data.bin");
    part = folder.resolve("cache").resolve("data.bin.part");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void fetch() {
    fetch(Remote.of(server.uri("data.bin")));
  }

  private void fetch(Remote remote) {
    fetch(
        remote,
        Expected.content(file -> Arrays.equals(file.readAllBytes(), content)),
        FetchListener.NONE);
  }

  private void fetch(Remote remote, Expected expected, FetchListener listener) {
    new Download(PATIENCE).fetch(remote, target, expected, listener);
  }

  private void assertFetched() {
    assertThat(target).hasBinaryContent(content);
    assertThat(part).doesNotExist();
  }

  @Test
  void fetchesAFileAndTellsHowFar() {
    long[] last = new long[2];
    fetch(
        Remote.of(server.uri("data.bin")),
        Expected.size(-1),
        (activity, done, total) -> {
          last[0] = done;
          last[1] = total;
        });

    assertFetched();
    assertThat(last).containsExactly(200_000, 200_000);
  }

  @Test
  void goesOnWhereAConnectionWasCut() {
    server.cuts.add(70_000);
    server.cuts.add(50_000);

    fetch();

    assertFetched();
    assertThat(server.requests)
        .containsExactly("data.bin", "data.bin from 70000", "data.bin from 120000");
  }

  @Test
  void goesOnWhereAnEarlierRunStopped() {
    TestImages.write(part, Arrays.copyOf(content, 1000));

    fetch();

    assertFetched();
    assertThat(server.requests).containsExactly("data.bin from 1000");
  }

  @Test
  void takesAPartThatIsComplete() {
    TestImages.write(part, content);

    fetch();

    assertFetched();
  }

  @Test
  void startsAgainWhereTheServerIgnoresRanges() {
    server.knowsRanges = false;
    server.cuts.add(70_000);

    fetch();

    assertFetched();
  }

  @Test
  void startsAgainFromAPartOfAnotherFile() {
    TestImages.write(part, new byte[1000]);

    fetch();

    assertFetched();
    assertThat(server.requests).containsExactly("data.bin from 1000", "data.bin");
  }

  @Test
  void startsAgainFromAPartThatIsTooLong() {
    TestImages.write(part, new byte[300_000]);

    fetch();

    assertFetched();
  }

  @Test
  void triesAgainWhenTheServerIsBusy() {
    server.failures.add(503);
    server.failures.add(500);

    fetch();

    assertFetched();
  }

  @Test
  void givesUpOnAServerThatStaysBusyButKeepsThePart() {
    TestImages.write(part, Arrays.copyOf(content, 1000));

    fetchFailing(() -> server.failures.addAll(List.of(503, 503, 503, 503)), "503");

    assertThat(part).hasSize(1000);
  }

  private void fetchFailing(Runnable fault, String reason) {
    fault.run();
    assertThatThrownBy(this::fetch)
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("data.bin")
        .hasMessageContaining(reason);
    assertThat(target).doesNotExist();
  }

  @Test
  void refusesAFileThatIsMissingWithoutTryingAgain() {
    fetchFailing(server.files::clear, "404");
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void refusesAFileThatIsNotTheOneExpected() {
    fetchFailing(() -> server.files.put("data.bin", new byte[10]), "SHA-256");
    assertThat(part).doesNotExist();
  }

  @Test
  void saysWhenThereIsNoConnection() {
    fetchFailing(server::close, "no connection");
  }

  @Test
  void saysWhenAnotherIsAtIt() throws IOException {
    Files.createDirectories(part.getParent());
    try (FileChannel other =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = other.lock()) {
      assertThat(lock.isValid()).isTrue();
      fetchFailing(() -> {}, "Another process");
    }
  }

  @Test
  void saysWhenTheFolderCantBeMade() throws IOException {
    Files.writeString(folder.resolve("cache"), "a file in the way");

    assertThatThrownBy(this::fetch)
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("cache cannot be created");
  }
}
