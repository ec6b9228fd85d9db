package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.config.ConfigTree;
import dev.discern.run.Defaults;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code watch} beside a run, and what a run leaves for those who follow it. */
class WatchTest {
  private static final Object[] SMALL = {
    "train", "digits", "--limit-train", "256", "--batch-size", "16", "--epochs", "2"
  };

  @TempDir Path folder;

  @Test
  void aRunThatIsNotThereIsRefused() {
    assertFailed(Cli.run("watch", folder.resolve("gone")), 2, "There is no run");
    assertFailed(Cli.run("watch"), 2, "RUN");
  }

  @Test
  void aFolderThatIsNotARunIsRefused() {
    assertFailed(Cli.run("watch", folder), 2, "is not a whole run: it is empty");
  }

  @Test
  void aPortThatIsNoneIsRefused() {
    assertFailed(Cli.run("watch", folder, "--port", 65_536), 2, "--port is 65536");
    assertFailed(Cli.run("watch", folder, "--port", -1), 2, "--port is -1");
    assertFailed(Cli.run("watch", folder, "--port", "web"), 2, "'web' is not a whole number");
  }

  @Test
  void aPortInUseFailsTheWork() throws IOException {
    Files.writeString(folder.resolve("config.yaml"), config());
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Cli.Result result = Cli.run("watch", folder, "--port", port);
      assertFailed(result, 1, "Port " + port + " can't be had");
    }
  }

  @Test
  @Timeout(120)
  void aWatchedRunIsSeenToItsEndAndCtrlCEndsTheWatchingAtOnce() throws Exception {
    Path run = folder.resolve("run");
    assertThat(Cli.run(with(SMALL, "--out", run)).exit()).isZero();
    Process watch = start("watch", run.toString());
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(watch.getInputStream(), StandardCharsets.UTF_8))) {
      URI page = URI.create(out.readLine());
      assertThat(page.getHost()).isEqualTo("localhost");
      JsonNode state = firstState(page);
      assertThat(state.path("lines").size()).isEqualTo(2);
      assertThat(state.path("confusion").path("epoch").asInt()).isEqualTo(2);
      assertThat(state.path("confusion").path("classes").size()).isEqualTo(10);
      assertThat(state.path("result").path("last").path("epoch").asInt()).isEqualTo(2);
      watch.toHandle().destroy();
      assertThat(watch.waitFor(3, TimeUnit.SECONDS)).isTrue();
      assertThat(watch.exitValue()).isEqualTo(143);
    } finally {
      watch.destroyForcibly();
    }
  }

  @Test
  void aRunLeavesWordOfItsEnd() throws IOException {
    Path run = folder.resolve("run");
    assertThat(Cli.run(with(SMALL, "--out", run)).exit()).isZero();
    JsonNode progress = json(run.resolve("progress.json"));
    assertThat(progress.path("state").asString()).isEqualTo("finished");
    Path diverged = folder.resolve("diverged");
    Cli.Result failed = Cli.run(with(SMALL, "--out", diverged, "--loss", "nllr", "--lr", "1e30"));
    assertThat(failed.exit()).isEqualTo(1);
    JsonNode told = json(diverged.resolve("progress.json"));
    assertThat(told.path("state").asString()).isEqualTo("failed");
    assertThat(failed.err()).contains(Flags.in(told.path("message").asString()));
  }

  @Test
  void theEventFileComesWithARunAndCanComeLater() throws IOException {
    Path with = folder.resolve("with");
    Path without = folder.resolve("without");
    assertThat(Cli.run(with(SMALL, "--out", with, "--tensorboard")).exit()).isZero();
    assertThat(Cli.run(with(SMALL, "--out", without)).exit()).isZero();
    Path events = Path.of("tensorboard", "events.out.tfevents.discern");
    assertThat(without.resolve("tensorboard")).doesNotExist();
    byte[] written = Files.readAllBytes(with.resolve(events));
    assertThat(new String(written, StandardCharsets.ISO_8859_1))
        .contains("brain.Event:2", "train/loss", "train/top1", "validation/ece", "lr");
    assertThat(Files.readAllBytes(with.resolve("weights.safetensors")))
        .isEqualTo(Files.readAllBytes(without.resolve("weights.safetensors")));
    // Of a finished run too; and the same as the one that came epoch by epoch.
    Files.delete(with.resolve(events));
    assertThat(Cli.run("train", "--resume", with, "--tensorboard").exit()).isZero();
    assertThat(with.resolve(events)).hasBinaryContent(written);
  }

  private static JsonNode firstState(URI page) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(page.resolve("/events")).build();
    InputStream body =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()).body();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null && !line.equals("event: state")) {
        line = lines.readLine();
      }
      return new JsonMapper().readTree(lines.readLine().substring("data: ".length()));
    }
  }

  private static String config() {
    return ConfigTree.of(Defaults.named(Defaults.of("digits"))) + "\n";
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.discern.cli.Main"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static Object[] with(Object[] line, Object... more) {
    return Stream.concat(Arrays.stream(line), Arrays.stream(more)).toArray();
  }

  private static void assertFailed(Cli.Result result, int exit, String sentence) {
    assertThat(result.err()).contains(sentence).doesNotContain("\tat ");
    assertThat(result.exit()).isEqualTo(exit);
  }

  private static JsonNode json(Path file) throws IOException {
    return new JsonMapper().readTree(Files.readString(file));
  }
}
