package dev.discern.weights;

import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import dev.discern.failure.DiscernException;
import dev.discern.fetch.Download;
import dev.discern.fetch.Head;
import dev.discern.fetch.Remote;
import dev.discern.fetch.Unreachable;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One repository on the hub's server.
 *
 * <p>Source: the headers that {@code huggingface_hub} reads, and the error codes of the hub's
 * {@code X-Error-Code}.
 */
final class HubRepository {
  private static final String COMMIT = "X-Repo-Commit";
  private static final String ETAG = "X-Linked-Etag";
  private static final String SIZE = "X-Linked-Size";

  /** Files that only other layouts have, and what those are. */
  private static final Map<String, String> SIGNS = signs();

  private final HubEnvironment environment;
  private final HubName name;
  private final Download download;

  HubRepository(HubEnvironment environment, HubName name, Download download) {
    this.environment = environment;
    this.name = name;
    this.download = download;
  }

  private static Map<String, String> signs() {
    Map<String, String> signs = new LinkedHashMap<>();
    signs.put("model_index.json", "a pipeline of the diffusers library");
    signs.put("model.safetensors.index.json", "a model in several files");
    signs.put("adapter_config.json", "an adapter of another model");
    signs.put("open_clip_config.json", "a model of the OpenCLIP library");
    signs.put("tf_model.h5", "a model for TensorFlow");
    signs.put("flax_model.msgpack", "a model for Flax");
    return signs;
  }

  /** A file's address at a revision. */
  Remote remote(String revision, String file) {
    return remote("/" + name.repository() + "/resolve/" + encoded(revision) + "/" + file);
  }

  private Remote remote(String path) {
    return new Remote(
        URI.create(environment.endpoint() + path),
        environment.token().map(t -> Map.of("Authorization", "Bearer " + t)).orElse(Map.of()));
  }

  private static String encoded(String revision) {
    return URLEncoder.encode(revision, StandardCharsets.UTF_8);
  }

  /** Asks for a file's description. A redirect to the storage of large files has it already. */
  Head head(String revision, String file) throws Unreachable {
    return download.head(remote(revision, file), HubRepository::describes);
  }

  private static boolean describes(HttpHeaders headers) {
    return headers.firstValue(COMMIT).isPresent() && headers.firstValue(ETAG).isPresent();
  }

  /** Reads a description. */
  HubFile file(Head head, String file) {
    String commit = head.first(COMMIT).orElse("");
    String tag = head.first(ETAG).or(() -> head.last("ETag")).orElse("");
    String etag = tag.replaceFirst("^W/", "").replace("\"", "");
    if (!HubName.isCommit(commit) || !HubCache.isName(etag)) {
      throw new WorkFailed(
          environment.endpoint()
              + " did not describe the file "
              + file
              + " of "
              + name
              + " as a hub does: check HF_ENDPOINT, and whether a proxy or a login page answers in"
              + " its place.");
    }
    String size = head.first(SIZE).or(() -> head.last("Content-Length")).orElse("");
    return new HubFile(file, commit, etag, size.matches("\\d{1,15}") ? Long.parseLong(size) : -1);
  }

  /** Why the hub does not give a file. */
  DiscernException refusal(Head head, String file) throws Unreachable {
    String code = head.last().firstValue("X-Error-Code").orElse("");
    String server = environment.endpoint();
    if (code.equals("GatedRepo")) {
      return new InvalidConfig(
          name
              + " is given only to those who accept its terms: accept them at "
              + server
              + "/"
              + name.repository()
              + ", and set HF_TOKEN to a token of the same account.");
    }
    if (code.equals("RevisionNotFound")) {
      return new InvalidConfig(
          server
              + "/"
              + name.repository()
              + " has no revision '"
              + name.revision()
              + "': name one of its branches, tags or commits.");
    }
    if (head.status() == 404 && code.equals("EntryNotFound")) {
      return otherLayout(name.revision(), "it has no " + file);
    }
    if (head.status() == 401 || head.status() == 403 || head.status() == 404) {
      return notFound(head.status());
    }
    return new WorkFailed(
        server + " did not give " + file + " of " + name + ": it answered " + head.status() + ".");
  }

  private DiscernException notFound(int status) throws Unreachable {
    if (isDataSet()) {
      return new InvalidConfig(name + " is a data set, not a model: name a model.");
    }
    String token =
        environment.token().isPresent()
            ? "whether the token of HF_TOKEN or of the token file is valid and may read it"
            : "set HF_TOKEN if it is private";
    return new InvalidConfig(
        environment.endpoint()
            + " has no model "
            + name.repository()
            + " that may be read from here (it answered "
            + status
            + "): check the name, and "
            + token
            + ".");
  }

  private boolean isDataSet() throws Unreachable {
    return download.head(remote("/api/datasets/" + name.repository()), headers -> false).exists();
  }

  /** Why a repository without weights cannot be used. */
  DiscernException withoutWeights(String commit) throws Unreachable {
    return otherLayout(commit, "it has neither " + String.join(" nor ", Hub.WEIGHTS));
  }

  private DiscernException otherLayout(String revision, String lack) throws Unreachable {
    for (Map.Entry<String, String> sign : SIGNS.entrySet()) {
      if (head(revision, sign.getKey()).exists()) {
        return new InvalidConfig(
            name
                + " is "
                + sign.getValue()
                + " (it has a "
                + sign.getKey()
                + "): name a model in timm's layout, such as hf:timm/resnet18.a1_in1k.");
      }
    }
    return new InvalidConfig(
        name
            + " is not a model in timm's layout ("
            + lack
            + "): name one that is, such as hf:timm/resnet18.a1_in1k.");
  }
}
