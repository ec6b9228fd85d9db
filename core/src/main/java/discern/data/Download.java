package discern.data;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import discern.config.AtomicFiles;
import discern.config.WorkFailed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches one gzipped file over HTTP. What arrived of a cut transfer is kept beside the target as
 * {@code .part} and gone on from; the target appears only when its content has the right hash.
 *
 * @param from the address
 * @param to the file
 * @param sha256 of the uncompressed content, in hexadecimal
 */
record Download(URI from, Path to, String sha256) {
  private static final Logger LOG = LoggerFactory.getLogger(Download.class);
  private static final RetryPolicy<Object> RETRY =
      RetryPolicy.builder()
          .handle(IOException.class)
          .withBackoff(Duration.ofMillis(200), Duration.ofSeconds(5))
          .withMaxRetries(3)
          .build();

  /** Does nothing where the file is there already. */
  void run() {
    if (Files.exists(to)) {
      return;
    }
    LOG.info("Downloading {}", from);
    try {
      Files.createDirectories(to.toAbsolutePath().getParent());
      Failsafe.with(RETRY).run(this::fetch);
      requireHash();
      Files.move(part(), to, StandardCopyOption.ATOMIC_MOVE);
    } catch (FailsafeException | IOException e) {
      Exception cause = e.getCause() instanceof IOException failure ? failure : e;
      throw new WorkFailed(
          "Could not download "
              + from
              + " to "
              + to
              + " ("
              + AtomicFiles.reason(cause)
              + "): check the network, or put the file there yourself.",
          e);
    }
  }

  private Path part() {
    return to.resolveSibling(to.getFileName() + ".part");
  }

  private void fetch() throws IOException, InterruptedException {
    long have = Files.exists(part()) ? Files.size(part()) : 0;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(from).timeout(Duration.ofMinutes(10)).GET();
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(15))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      // 416: nothing is left to fetch; the hash will tell whether what is here is right.
      if (response.statusCode() == 416) {
        return;
      }
      requireSuccess(response.statusCode());
      save(body, response.statusCode() == 206);
    }
  }

  private void requireSuccess(int status) throws IOException {
    if (status >= 500) {
      throw new IOException("the server answered " + status);
    }
    if (status != 200 && status != 206) {
      throw new WorkFailed(
          "Could not download "
              + from
              + ": the server answered "
              + status
              + ". Put the file at "
              + to
              + " yourself.");
    }
  }

  private void save(InputStream body, boolean append) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(
            part(),
            StandardOpenOption.CREATE,
            append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING)) {
      body.transferTo(out);
    }
  }

  private void requireHash() throws IOException {
    MessageDigest digest = Fingerprint.sha256();
    String found;
    try (InputStream in =
        new DigestInputStream(new GZIPInputStream(Files.newInputStream(part())), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
      found = HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      found = "unreadable: " + AtomicFiles.reason(e);
    }
    if (!found.equals(sha256)) {
      Files.delete(part());
      throw new WorkFailed(
          "What "
              + from
              + " sent is not the file expected (SHA-256 "
              + found
              + ", not "
              + sha256
              + "); it was discarded. Try again, or put the file at "
              + to
              + " yourself.");
    }
  }
}
