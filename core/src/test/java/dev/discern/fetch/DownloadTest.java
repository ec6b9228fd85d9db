package dev.discern.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.discern.config.WorkFailed;
import dev.discern.data.TestImages;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    fetchFailing(fault, this::fetch, reason);
  }

  private void fetchFailing(Runnable fault, Runnable fetch, String reason) {
    fault.run();
    assertThatThrownBy(fetch::run)
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

  @ParameterizedTest
  @CsvSource({
    "401,asks for a login",
    "403,denies access",
    "404,no such file",
    "410,no such file",
    "418,answered 418"
  })
  void saysWhatAStatusMeansWithoutTryingAgain(int status, String meaning) {
    fetchFailing(() -> server.statuses.put("data.bin", status), meaning);
    assertThat(server.requests).hasSize(1);
    assertThat(part).doesNotExist();
  }

  @Test
  void refusesAWebPageInsteadOfAFile() {
    fetchFailing(
        () -> server.headers.put("data.bin", Map.of("Content-Type", "text/html; charset=utf-8")),
        "a web page instead of the file");
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void waitsAsLongAsTheServerAsks() {
    server.failures.add(429);
    server.headers.put("data.bin", Map.of("Retry-After", "0"));
    Patience slow =
        new Patience(4, Duration.ofHours(1), Duration.ofMinutes(2), Duration.ofSeconds(20));

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            new Download(slow)
                .fetch(
                    Remote.of(server.uri("data.bin")),
                    target,
                    Expected.size(content.length),
                    FetchListener.NONE));

    assertFetched();
  }

  @Test
  void doesNotWaitLongerThanIsBearable() {
    server.headers.put("data.bin", Map.of("Retry-After", "3600"));

    fetchFailing(() -> server.failures.add(429), "asks to wait 3600 s");

    assertThat(server.requests).hasSize(1);
  }

  @Test
  void resumesAfterAStall() {
    server.stalls.add(70_000);
    Patience impatient =
        new Patience(4, Duration.ofMillis(1), Duration.ofMinutes(2), Duration.ofMillis(100));

    new Download(impatient)
        .fetch(
            Remote.of(server.uri("data.bin")),
            target,
            Expected.size(content.length),
            FetchListener.NONE);

    assertFetched();
    assertThat(server.requests).containsExactly("data.bin", "data.bin from 70000");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void stopsWhenInterruptedAndKeepsThePart() {
    Remote remote = Remote.of(server.uri("data.bin"));

    assertThatThrownBy(
            () ->
                fetch(
                    remote,
                    Expected.size(content.length),
                    (activity, done, total) -> Thread.currentThread().interrupt()))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("interrupted");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(part).isRegularFile();
    fetch();
    assertFetched();
  }

  @Test
  void keepsTryingWhileAConnectionThatIsCutBringsBytes() {
    byte[] large = new byte[3_500_000];
    server.files.put("data.bin", large);
    server.cuts.addAll(Collections.nCopies(9, 350_000));

    fetch(Remote.of(server.uri("data.bin")), Expected.size(large.length), FetchListener.NONE);

    assertThat(server.requests).hasSize(10);
    assertThat(target).hasBinaryContent(large);
  }

  @Test
  void givesUpOnAConnectionThatIsAlwaysCut() {
    fetchFailing(() -> server.cuts.addAll(Collections.nCopies(9, 10)), "cut at 40 bytes");

    assertThat(server.requests).hasSize(4);
    assertThat(part).hasSize(40);
  }

  @Test
  void refusesAFileOfAnotherSizeBeforeItsBytes() {
    assertThatThrownBy(
            () -> fetch(Remote.of(server.uri("data.bin")), Expected.size(1234), FetchListener.NONE))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("has 200000 bytes instead of 1234");
    assertThat(part).doesNotExist();
  }

  @Test
  void startsAgainFromAPartOfAFileOfAnotherSize() {
    server.files.put("data.bin", new byte[300_000]);
    TestImages.write(part, new byte[250_000]);
    fetchFailing(
        () -> {},
        () ->
            fetch(
                Remote.of(server.uri("data.bin")),
                Expected.size(content.length),
                FetchListener.NONE),
        "has 300000 bytes instead of 200000");
    server.files.put("data.bin", content);

    fetch();

    assertFetched();
  }

  @Test
  void verifiesASha256AndAGitName() {
    server.files.put("data.bin", "hello\n".getBytes(StandardCharsets.UTF_8));
    Remote remote = Remote.of(server.uri("data.bin"));

    // printf 'hello\n' | sha256sum; printf 'hello\n' | git hash-object --stdin
    String sha256 = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";
    String git = "ce013625030ba8dba906f756967f9e9ca394464a";
    fetch(remote, Expected.sha256(6, sha256), FetchListener.NONE);
    fetch(remote, Expected.gitBlob(6, git), FetchListener.NONE);

    assertThat(target).hasContent("hello\n");
    String wrong = "0".repeat(40);
    assertThatThrownBy(() -> fetch(remote, Expected.gitBlob(6, wrong), FetchListener.NONE))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("its git SHA-1 differs");
  }

  @Test
  void followsRedirectsAndSendsHeadersToTheirOwnHostAlone() throws IOException {
    try (FileServer other = new FileServer()) {
      other.files.put("far.bin", content);
      redirect(server, "data.bin", "/here?x=1");
      redirect(server, "here", other.uri("far.bin").toString());

      fetch(new Remote(server.uri("data.bin"), Map.of("Authorization", "Bearer secret")));

      assertFetched();
      assertThat(server.tokens).containsExactly("Bearer secret", "Bearer secret");
      assertThat(other.tokens).containsExactly("");
    }
  }

  @Test
  void doesNotSendHeadersOnTheWayBackFromAnotherHost() throws IOException {
    try (FileServer other = new FileServer()) {
      redirect(server, "data.bin", other.uri("far.bin").toString());
      redirect(other, "far.bin", server.uri("back.bin").toString());
      server.files.put("back.bin", content);

      fetch(new Remote(server.uri("data.bin"), Map.of("Authorization", "Bearer secret")));

      assertThat(server.tokens).containsExactly("Bearer secret", "");
    }
  }

  @Test
  void resumesBehindARedirect() {
    redirect(server, "data.bin", "/there");
    server.files.put("there", content);
    server.cuts.add(70_000);

    fetch();

    assertFetched();
    assertThat(server.requests)
        .containsExactly("data.bin", "there", "data.bin from 70000", "there from 70000");
  }

  private static void redirect(FileServer server, String path, String target) {
    server.statuses.put(path, 302);
    server.headers.put(path, Map.of("Location", target));
  }

  @ParameterizedTest
  @CsvSource({
    "/data.bin,redirects in a loop",
    "ftp://localhost/data.bin,not a web address",
    "'http://local host/',not a web address",
    "'',redirects without an address"
  })
  void refusesARedirectToNowhere(String location, String reason) {
    fetchFailing(() -> redirect(server, "data.bin", location), reason);
    assertThat(server.requests).hasSizeLessThanOrEqualTo(11);
  }

  @Test
  void neverNamesTheSecretAddressOfARedirect() {
    redirect(server, "data.bin", "/there?signature=secret");
    assertThatThrownBy(this::fetch)
        .hasMessageContaining("data.bin")
        .hasMessageNotContaining("secret");
  }

  @Test
  void saysWhenTheServerIsNotKnown() {
    assertThatThrownBy(() -> fetch(Remote.of(URI.create("http://no-such-host.invalid/data.bin"))))
        .isInstanceOf(WorkFailed.class)
        .hasMessageContaining("no connection (the name of the server is not known here)");
  }

  @Test
  void describesAFileWithoutItsContent() throws IOException {
    server.headers.put("data.bin", Map.of("ETag", "\"abc\""));

    Head head = new Download(PATIENCE).head(Remote.of(server.uri("data.bin")), hop -> false);

    assertThat(head.exists()).isTrue();
    assertThat(head.last("etag")).contains("\"abc\"");
    assertThat(head.last("content-length")).contains("200000");
    assertThat(server.requests).containsExactly("HEAD data.bin");
  }

  @Test
  void stopsAtARedirectThatSaysEnough() throws IOException {
    server.statuses.put("data.bin", 302);
    server.headers.put("data.bin", Map.of("Location", "http://no-such-host.invalid/", "X-A", "1"));

    Head head =
        new Download(PATIENCE)
            .head(Remote.of(server.uri("data.bin")), hop -> hop.firstValue("X-A").isPresent());

    assertThat(head.exists()).isTrue();
    assertThat(head.first("x-a")).contains("1");
    assertThat(head.last("x-a")).isEmpty();
  }

  @Test
  void saysWhyThereIsNoDescription() {
    server.failures.addAll(List.of(503, 503, 503, 503));

    assertThatThrownBy(
            () -> new Download(PATIENCE).head(Remote.of(server.uri("data.bin")), hop -> false))
        .isInstanceOf(Unreachable.class)
        .hasMessage("the server answered 503");
  }

  @Test
  void readsADateToWaitFor() {
    Instant now = Instant.parse("2026-01-02T03:04:05Z");

    assertThat(Busy.waitOf("Fri, 02 Jan 2026 03:04:35 GMT", now)).hasSeconds(30);
    assertThat(Busy.waitOf("Fri, 02 Jan 2026 03:04:00 GMT", now)).isZero();
    assertThat(Busy.waitOf("17", now)).hasSeconds(17);
    assertThat(Busy.waitOf("soon", now)).isNegative();
    assertThat(Busy.waitOf("99999999999999", now)).isNegative();
  }
}
