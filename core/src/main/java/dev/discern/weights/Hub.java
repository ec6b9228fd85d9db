package dev.discern.weights;

import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import dev.discern.failure.DiscernException;
import dev.discern.fetch.Download;
import dev.discern.fetch.Expected;
import dev.discern.fetch.FetchListener;
import dev.discern.fetch.Head;
import dev.discern.fetch.Patience;
import dev.discern.fetch.Remote;
import dev.discern.fetch.Unreachable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fetches models from the Hugging Face hub, in timm's layout: {@code config.json} beside {@code
 * model.safetensors} or {@code pytorch_model.bin}.
 */
public final class Hub {
  /** The description of a model. */
  static final String CONFIG = "config.json";

  /** The files that may hold the weights, best first. */
  static final List<String> WEIGHTS = List.of("model.safetensors", "pytorch_model.bin");

  private final HubEnvironment environment;
  private final HubCache cache;
  private final Patience patience;

  Hub(HubEnvironment environment, HubCache cache, Patience patience) {
    this.environment = environment;
    this.cache = cache;
    this.patience = patience;
  }

  /**
   * The hub and the cache that the environment names.
   *
   * @param variables the process's variables
   * @return the hub
   * @throws InvalidConfig if a variable has an impossible value
   */
  public static Hub from(Map<String, String> variables) {
    HubEnvironment environment = HubEnvironment.from(variables);
    return new Hub(environment, HubCache.in(environment.cache()), Patience.USUAL);
  }

  /**
   * Fetches what the cache lacks. Asks the hub what a branch or a tag points at now; a commit that
   * is cached needs no network. Where the hub does not answer, the cached copy serves.
   *
   * @param name the model
   * @param listener receives the number of bytes
   * @return the files
   * @throws InvalidConfig if there is no such model, it may not be read, or it has another layout
   * @throws WorkFailed if it is neither cached nor can be fetched, or the cache cannot be written
   */
  public HubFiles fetch(HubName name, FetchListener listener) {
    Optional<HubFiles> cached = cached(name);
    if (environment.offline()) {
      return cached
          .map(files -> files.with(note(name, files, "HF_HUB_OFFLINE is set")))
          .orElseThrow(() -> missing(name, "HF_HUB_OFFLINE is set", "unset HF_HUB_OFFLINE"));
    }
    if (name.isCommit() && cached.isPresent()) {
      return cached.get();
    }
    Download download = new Download(cached.isPresent() ? patience.once() : patience);
    try {
      return current(name, download, cached, listener);
    } catch (Unreachable e) {
      String reason = environment.endpoint() + " cannot be reached: " + e.reason();
      return cached
          .map(files -> files.with(note(name, files, reason)))
          .orElseThrow(() -> missing(name, reason, "try again with a connection"));
    }
  }

  /**
   * The models in timm's layout that are on this machine. Sends no request.
   *
   * @return one per commit, ordered by name; whatever else is in the cache is left out
   */
  public List<CachedModel> cached() {
    List<CachedModel> models = new ArrayList<>();
    for (HubName name : cache.repositories()) {
      for (String commit : cache.commits(name)) {
        models.addAll(cached(name, commit).stream().toList());
      }
    }
    return models;
  }

  private Optional<CachedModel> cached(HubName name, String commit) {
    Optional<Path> config = cache.find(name, commit, CONFIG);
    Optional<Path> weights = weights(name, commit);
    if (config.isEmpty() || weights.isEmpty()) {
      return Optional.empty();
    }
    try {
      String architecture = TimmConfig.read(config.get(), name).architectureName();
      return Optional.of(new CachedModel(name, architecture, commit, weights.get()));
    } catch (DiscernException e) {
      return Optional.empty(); // a model of another library
    }
  }

  private static String note(HubName name, HubFiles files, String reason) {
    return name + " is taken from the cache, at commit " + files.commit() + " (" + reason + ").";
  }

  private WorkFailed missing(HubName name, String reason, String wayOut) {
    return new WorkFailed(
        name
            + " is not in the cache "
            + environment.cache()
            + " ("
            + reason
            + "): "
            + wayOut
            + ", or copy "
            + cache.folder(name).getFileName()
            + " there from the cache of a machine that has it.");
  }

  private Optional<HubFiles> cached(HubName name) {
    Optional<String> commit = cache.commit(name);
    return commit.flatMap(
        c ->
            cache
                .find(name, c, CONFIG)
                .flatMap(config -> weights(name, c).map(w -> files(name, c, config, w))));
  }

  private Optional<Path> weights(HubName name, String commit) {
    return WEIGHTS.stream().flatMap(file -> cache.find(name, commit, file).stream()).findFirst();
  }

  private static HubFiles files(HubName name, String commit, Path config, Path weights) {
    return new HubFiles(commit, TimmConfig.read(config, name), weights, Optional.empty());
  }

  private HubFiles current(
      HubName name, Download download, Optional<HubFiles> cached, FetchListener listener)
      throws Unreachable {
    HubRepository repository = new HubRepository(environment, name, download);
    Head head = repository.head(name.revision(), CONFIG);
    if (!head.exists()) {
      if (cached.isPresent() && (head.status() == 401 || head.status() == 403)) {
        String reason = "the hub answered " + head.status();
        return cached.get().with(note(name, cached.get(), reason));
      }
      throw repository.refusal(head, CONFIG);
    }
    HubFile described = repository.file(head, CONFIG);
    String commit = described.commit();
    Path config = obtain(repository, name, described, listener);
    // Before the weights, which may be large: a repository of another kind ends here.
    TimmConfig timm = TimmConfig.read(config, name);
    Optional<Path> here = weights(name, commit);
    Path weights = here.isPresent() ? here.get() : fetchWeights(repository, name, commit, listener);
    // At the end, so that an older copy serves until the new one is whole.
    cache.remember(name, commit);
    return new HubFiles(commit, timm, weights, Optional.empty());
  }

  private Path fetchWeights(
      HubRepository repository, HubName name, String commit, FetchListener listener)
      throws Unreachable {
    for (String file : WEIGHTS) {
      Head head = repository.head(commit, file);
      if (head.exists()) {
        return obtain(repository, name, repository.file(head, file), listener);
      }
      if (head.status() != 404) {
        throw repository.refusal(head, file);
      }
    }
    throw repository.withoutWeights(commit);
  }

  private Path obtain(
      HubRepository repository, HubName name, HubFile file, FetchListener listener) {
    Optional<Path> here = cache.find(name, file.commit(), file.name());
    if (here.isPresent()) {
      return here.get();
    }
    try {
      Path blob = cache.blob(name, file.etag());
      if (!isWhole(blob, file.expected())) {
        Remote remote = repository.remote(file.commit(), file.name());
        new Download(patience).fetch(remote, blob, file.expected(), listener);
      }
      return cache.place(name, file.commit(), file.name(), file.etag());
    } catch (WorkFailed e) {
      if (Files.isDirectory(cache.folder(name)) && Files.isWritable(cache.folder(name))) {
        throw e;
      }
      throw new WorkFailed(
          e.getMessage()
              + " The cache of the hub is "
              + environment.cache()
              + ": set HF_HUB_CACHE to a folder that you can write.",
          e);
    }
  }

  private static boolean isWhole(Path blob, Expected expected) {
    try {
      return Files.isRegularFile(blob)
          && (expected.size() < 0 || Files.size(blob) == expected.size());
    } catch (IOException e) {
      return false;
    }
  }
}
