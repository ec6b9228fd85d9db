package dev.discern.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import dev.discern.fetch.FetchListener;
import dev.discern.fetch.FileServer;
import dev.discern.fetch.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubTest {
  private static final String OLD = "a".repeat(40);
  private static final String NEW = "b".repeat(40);
  private static final byte[] CONFIG =
      "{\"architecture\": \"resnet18\", \"num_classes\": 1000}".getBytes(StandardCharsets.UTF_8);
  private static final Patience PATIENCE =
      new Patience(4, Duration.ofMillis(1), Duration.ofMinutes(2), Duration.ofSeconds(20));

  private final byte[] weights = new byte[100_000];
  private final HubName name = HubName.parse("hf:timm/resnet18.a1_in1k");
  private final Map<String, String> variables = new HashMap<>();
  @TempDir private Path folder;
  private FileServer server;
  private FileServer storage;

  @BeforeEach
  void serve() throws IOException {
    new SplittableRandom(1).nextBytes(weights);
    server = new FileServer();
    storage = new FileServer();
    variables.put("HF_ENDPOINT", server.uri("").toString());
    variables.put("HF_HUB_CACHE", folder.resolve("hub").toString());
    variables.put("HF_TOKEN", "hf_secret");
    publish(OLD, "model.safetensors");
  }

  @AfterEach
  void stop() {
    server.close();
    storage.close();
  }

  // As the hub does: small files directly, large ones by a redirect to a storage.
  private void publish(String commit, String weightsFile) {
    for (String revision : List.of("main", commit)) {
      small(revision, commit, "config.json", CONFIG);
      String path = path(revision, weightsFile);
      server.statuses.put(path, 302);
      server.headers.put(
          path,
          Map.of(
              "Location",
              storage.uri("blob").toString(),
              "X-Repo-Commit",
              commit,
              "X-Linked-Etag",
              "\"" + sha256(weights) + "\"",
              "X-Linked-Size",
              Integer.toString(weights.length)));
    }
    storage.files.put("blob", weights);
  }

  private void small(String revision, String commit, String file, byte[] content) {
    server.files.put(path(revision, file), content);
    server.headers.put(
        path(revision, file),
        Map.of("X-Repo-Commit", commit, "ETag", "W/\"" + gitName(content) + "\""));
  }

  private static String path(String revision, String file) {
    return "timm/resnet18.a1_in1k/resolve/" + revision + "/" + file;
  }

  private static String sha256(byte[] content) {
    return digest("SHA-256", content);
  }

  private static String gitName(byte[] content) {
    byte[] head = ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
    byte[] whole = new byte[head.length + content.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(content, 0, whole, head.length, content.length);
    return digest("SHA-1", whole);
  }

  private static String digest(String algorithm, byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private Hub hub() {
    HubEnvironment environment = HubEnvironment.from(variables);
    return new Hub(environment, HubCache.in(environment.cache()), PATIENCE);
  }

  private HubFiles fetch() {
    return hub().fetch(name, FetchListener.NONE);
  }

  private Path repository() {
    return folder.resolve("hub/models--timm--resnet18.a1_in1k");
  }

  private void assertRefused(Class<? extends Exception> kind, String... parts) {
    assertThatThrownBy(this::fetch)
        .isInstanceOf(kind)
        .hasMessageNotContaining("hf_secret")
        .hasMessageEndingWith(".")
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  @Test
  void fetchesAModelIntoTheCacheOfTheHubsOwnClient() {
    HubFiles files = fetch();

    assertThat(files.commit()).isEqualTo(OLD);
    assertThat(files.note()).isEmpty();
    assertThat(files.config().architecture()).isEqualTo("resnet18");
    assertThat(files.weights()).hasBinaryContent(weights);
    assertThat(repository().resolve("refs/main")).hasContent(OLD);
    Path snapshot = repository().resolve("snapshots").resolve(OLD);
    assertThat(files.weights()).isEqualTo(snapshot.resolve("model.safetensors"));
    assertThat(snapshot.resolve("config.json")).hasBinaryContent(CONFIG);
    assertThat(repository().resolve("blobs").resolve(gitName(CONFIG))).hasBinaryContent(CONFIG);
  }

  @Test
  void linksRelativelySoThatACacheCanMove() throws IOException {
    Path link = fetch().weights();

    assumeTrue(Files.isSymbolicLink(link), "no symbolic links here");
    assertThat(Files.readSymbolicLink(link))
        .isEqualTo(Path.of("../../blobs").resolve(sha256(weights)));
  }

  @Test
  void sendsTheTokenToTheHubAlone() {
    fetch();

    assertThat(server.tokens).isNotEmpty().containsOnly("Bearer hf_secret");
    assertThat(storage.tokens).containsExactly("");
  }

  @Test
  void copiesWhereThereAreNoLinks() {
    HubCache copying =
        new HubCache(
            folder.resolve("hub"),
            (link, target) -> {
              throw new UnsupportedOperationException("no links");
            });

    Path copy =
        new Hub(HubEnvironment.from(variables), copying, PATIENCE)
            .fetch(name, FetchListener.NONE)
            .weights();

    assertThat(Files.isSymbolicLink(copy)).isFalse();
    assertThat(copy).hasBinaryContent(weights);
    assertThat(copy.getParent()).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void keepsTheFileThatAnotherProcessPlacedMeanwhile() {
    HubCache raced =
        new HubCache(
            HubEnvironment.from(variables).cache(),
            (link, target) -> {
              if (link.endsWith("config.json")) {
                Files.copy(link.resolveSibling(target), link);
                return;
              }
              Files.writeString(link, "of the other");
              throw new FileAlreadyExistsException(link.toString());
            });

    Path link =
        new Hub(HubEnvironment.from(variables), raced, PATIENCE)
            .fetch(name, FetchListener.NONE)
            .weights();

    assertThat(link).hasContent("of the other");
  }

  @Test
  void fetchesNothingTwice() {
    fetch();
    server.requests.clear();
    storage.requests.clear();

    assertThat(fetch().note()).isEmpty();

    assertThat(server.requests).containsExactly("HEAD " + path("main", "config.json"));
    assertThat(storage.requests).isEmpty();
  }

  @Test
  void asksNobodyForACommitThatIsCached() {
    fetch();
    server.close();

    HubName commit = HubName.parse("hf:timm/resnet18.a1_in1k@" + OLD);

    assertThat(hub().fetch(commit, FetchListener.NONE).note()).isEmpty();
  }

  @Test
  void fetchesANewCommitButNotTheSameContentAgain() {
    fetch();
    publish(NEW, "model.safetensors");
    storage.requests.clear();

    assertThat(fetch().commit()).isEqualTo(NEW);

    assertThat(storage.requests).isEmpty();
    assertThat(repository().resolve("refs/main")).hasContent(NEW);
    assertThat(repository().resolve("snapshots").resolve(OLD)).isDirectory();
  }

  @Test
  void takesThePickleWhereThereIsNothingSafer() {
    for (String revision : List.of("main", OLD)) {
      server.statuses.remove(path(revision, "model.safetensors"));
    }
    publish(OLD, "pytorch_model.bin");

    assertThat(fetch().weights()).hasFileName("pytorch_model.bin").hasBinaryContent(weights);
  }

  @Test
  void resumesWhereAConnectionWasCut() {
    storage.cuts.add(40_000);

    assertThat(fetch().weights()).hasBinaryContent(weights);

    assertThat(storage.requests).containsExactly("blob", "blob from 40000");
  }

  @Test
  void resumesWhereAnEarlierRunStopped() {
    storage.cuts.addAll(Collections.nCopies(4, 10_000));
    assertRefused(WorkFailed.class, "model.safetensors", "cut at 40000 bytes");
    assertThat(repository().resolve("blobs").resolve(sha256(weights) + ".part")).hasSize(40_000);
    storage.requests.clear();

    assertThat(fetch().weights()).hasBinaryContent(weights);

    assertThat(storage.requests).containsExactly("blob from 40000");
  }

  @Test
  void refusesContentThatIsNotWhatTheHubDescribed() {
    storage.files.put("blob", new byte[weights.length]);
    assertRefused(WorkFailed.class, "model.safetensors", "SHA-256 differs");

    storage.files.put("blob", new byte[10]);
    assertRefused(WorkFailed.class, "has 10 bytes instead of 100000");
    assertThat(repository().resolve("blobs").resolve(sha256(weights))).doesNotExist();
  }

  @Test
  void refusesASmallFileThatIsNotWhatTheHubDescribed() {
    server.files.put(path(OLD, "config.json"), new byte[CONFIG.length]);

    assertRefused(WorkFailed.class, "config.json", "git SHA-1 differs");
  }

  @Test
  void refusesAWebPageOfAProxy() {
    server.headers.put(path("main", "config.json"), Map.of("Content-Type", "text/html"));

    assertRefused(WorkFailed.class, "as a hub does", "HF_ENDPOINT", "login page");
  }

  @ParameterizedTest
  @CsvSource({"../../../../etc/passwd", "..", ".hidden", "'a b'", "''"})
  void refusesAnETagThatIsNotAFileName(String etag) {
    server.headers.put(
        path("main", "config.json"), Map.of("X-Repo-Commit", OLD, "X-Linked-Etag", etag));

    assertRefused(WorkFailed.class, "as a hub does");
    assertThat(repository()).doesNotExist();
  }

  @Test
  void refusesACommitThatIsNotOne() {
    server.headers.put(
        path("main", "config.json"), Map.of("X-Repo-Commit", "../../x", "X-Linked-Etag", "abc"));

    assertRefused(WorkFailed.class, "as a hub does");
  }

  @ParameterizedTest
  @CsvSource({
    "401,RepoNotFound,has no model timm/resnet18.a1_in1k",
    "401,'',has no model timm/resnet18.a1_in1k",
    "403,'',it answered 403",
    "404,RepoNotFound,has no model timm/resnet18.a1_in1k",
    "404,RevisionNotFound,has no revision 'main'",
    "404,EntryNotFound,it has no config.json",
    "401,GatedRepo,accept them at",
    "403,GatedRepo,accept them at"
  })
  void saysWhyTheHubDoesNotGiveAModel(int status, String code, String reason) {
    server.statuses.put(path("main", "config.json"), status);
    server.headers.put(path("main", "config.json"), Map.of("X-Error-Code", code));

    assertRefused(InvalidConfig.class, reason);
  }

  @Test
  void saysHowToReadAPrivateModelWithoutAToken() {
    variables.remove("HF_TOKEN");
    server.statuses.put(path("main", "config.json"), 401);

    assertRefused(InvalidConfig.class, "set HF_TOKEN if it is private");
  }

  @Test
  void saysThatADataSetIsNoModel() {
    server.statuses.put(path("main", "config.json"), 401);
    server.files.put("api/datasets/timm/resnet18.a1_in1k", new byte[0]);

    assertRefused(InvalidConfig.class, "is a data set, not a model");
  }

  @ParameterizedTest
  @CsvSource({
    "model_index.json,diffusers",
    "model.safetensors.index.json,several files",
    "adapter_config.json,adapter",
    "README.md,neither model.safetensors nor pytorch_model.bin"
  })
  void saysWhatARepositoryWithoutWeightsIs(String file, String kind) {
    server.statuses.remove(path(OLD, "model.safetensors"));
    server.files.put(path(OLD, file), new byte[1]);

    assertRefused(InvalidConfig.class, kind, "timm's layout");
  }

  @Test
  void refusesAModelOfAnotherLibraryBeforeItsWeights() {
    byte[] other = "{\"model_type\": \"vit\"}".getBytes(StandardCharsets.UTF_8);
    small("main", OLD, "config.json", other);
    small(OLD, OLD, "config.json", other);

    assertRefused(InvalidConfig.class, "a model of the transformers library");
    assertThat(storage.requests).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"500", "503", "429"})
  void takesTheCachedCopyWhereTheHubIsBusy(int status) {
    fetch();
    server.failures.add(status);

    assertThat(fetch().note()).hasValueSatisfying(note -> assertThat(note).contains("" + status));
  }

  @Test
  void triesAgainWhereTheHubIsBusyAndNothingIsCached() {
    server.failures.addAll(List.of(500, 503, 429));

    assertThat(fetch().weights()).hasBinaryContent(weights);
  }

  @Test
  void saysWhenTheHubStaysBusyAndNothingIsCached() {
    server.failures.addAll(Collections.nCopies(4, 503));

    assertRefused(WorkFailed.class, "cannot be reached", "503", "try again", "copy models--timm");
  }

  @Test
  void takesTheCachedCopyWhereTheTokenHasExpired() {
    fetch();
    server.statuses.put(path("main", "config.json"), 401);

    assertThat(fetch().note()).hasValueSatisfying(note -> assertThat(note).contains("401"));
  }

  @Test
  void takesTheCachedCopyWithoutANetwork() {
    fetch();
    server.close();

    HubFiles files = fetch();

    assertThat(files.weights()).hasBinaryContent(weights);
    assertThat(files.note())
        .hasValueSatisfying(note -> assertThat(note).contains("no connection", OLD));
  }

  @Test
  void namesBothWaysOutWithoutANetwork() {
    server.close();

    assertRefused(
        WorkFailed.class,
        "is not in the cache " + folder.resolve("hub"),
        "no connection",
        "try again with a connection",
        "copy models--timm--resnet18.a1_in1k there");
  }

  @Test
  void asksNobodyWhenOffline() {
    fetch();
    server.requests.clear();
    variables.put("HF_HUB_OFFLINE", "1");

    HubFiles files = fetch();

    assertThat(files.weights()).hasBinaryContent(weights);
    assertThat(files.note())
        .hasValueSatisfying(note -> assertThat(note).contains("HF_HUB_OFFLINE"));
    assertThat(server.requests).isEmpty();
  }

  @Test
  void namesBothWaysOutWhenOffline() {
    variables.put("HF_HUB_OFFLINE", "1");

    assertRefused(WorkFailed.class, "unset HF_HUB_OFFLINE", "copy models--timm--resnet18.a1_in1k");
  }

  @Test
  void keepsTheOldCopyUntilTheNewOneIsWhole() {
    fetch();
    new SplittableRandom(2).nextBytes(weights);
    publish(NEW, "model.safetensors");
    storage.cuts.addAll(Collections.nCopies(4, 10));
    assertRefused(WorkFailed.class, "cut");
    variables.put("HF_HUB_OFFLINE", "1");

    assertThat(fetch().commit()).isEqualTo(OLD);
  }

  @Test
  void changesNothingInACacheThatIsComplete() throws IOException {
    fetch();
    List<String> before = state();

    fetch();

    assertThat(state()).isEqualTo(before);
  }

  // Root may write everywhere, so the times of the folders show what was tried.
  private List<String> state() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().map(f -> f + " " + f.toFile().lastModified()).toList();
    }
  }

  @Test
  void saysWhenTheCacheCannotBeWritten() throws IOException {
    Files.createDirectories(folder.resolve("hub"));
    Files.writeString(repository(), "a file in the way");

    assertRefused(
        WorkFailed.class, "cannot be created", "set HF_HUB_CACHE to a folder that you can write");
  }

  @Test
  void saysWhenTheCacheIsReadOnly() {
    assumeTrue(!System.getProperty("user.name").equals("root"), "root may write everywhere");
    assertThat(folder.toFile().setWritable(false)).isTrue();

    assertRefused(
        WorkFailed.class,
        "permission is denied",
        "set HF_HUB_CACHE to a folder that you can write");
  }

  @Test
  void replacesALinkToContentThatIsGone() throws IOException {
    Path link = fetch().weights();
    assumeTrue(Files.isSymbolicLink(link), "no symbolic links here");
    Files.delete(repository().resolve("blobs").resolve(sha256(weights)));

    assertThat(fetch().weights()).isSymbolicLink().hasBinaryContent(weights);
  }

  @Test
  void fetchesAgainContentOfAnotherSize() throws IOException {
    Path blob = repository().resolve("blobs").resolve(sha256(weights));
    Files.createDirectories(blob.getParent());
    Files.write(blob, new byte[3]);

    assertThat(fetch().weights()).hasBinaryContent(weights);
  }

  @Test
  void tellsHowFar() {
    long[] last = new long[2];
    hub()
        .fetch(
            name,
            (activity, done, total) -> {
              last[0] = done;
              last[1] = total;
            });

    assertThat(last).containsExactly(weights.length, weights.length);
  }

  @Test
  void listsWhatIsCachedAndNothingElse() throws IOException {
    assertThat(hub().cached()).isEmpty();
    HubFiles files = fetch();
    Path other = folder.resolve("hub/models--some--bert/snapshots").resolve(OLD);
    Files.createDirectories(other);
    Files.writeString(other.resolve("config.json"), "{\"model_type\": \"bert\"}");
    Files.write(other.resolve("model.safetensors"), weights);
    Path half = folder.resolve("hub/models--timm--half/snapshots").resolve(NEW);
    Files.createDirectories(half);
    Files.write(half.resolve("config.json"), CONFIG);
    Files.createDirectories(folder.resolve("hub/models--..--x/snapshots").resolve(OLD));
    Files.createDirectories(folder.resolve("hub/datasets--a--b"));
    server.close();
    assertThat(hub().cached())
        .containsExactly(new CachedModel(name, "resnet18", OLD, files.weights()));
  }
}
