package dev.discern.run;

import dev.discern.config.RunConfig;
import dev.discern.config.WorkFailed;
import dev.discern.data.Fingerprint;
import dev.discern.data.Split;
import dev.discern.pretrained.Loading;
import dev.discern.torch.Threads;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a run computes with and on, in its {@code environment.json}. */
final class RecordedEnvironment {
  private static final String FILE = "environment.json";

  private final RunDirectory directory;
  private final Session session;

  RecordedEnvironment(RunDirectory directory, Session session) {
    this.directory = directory;
    this.session = session;
  }

  /**
   * Sets the number of threads; a run keeps its own, on which the last bits of its results depend.
   */
  static void useThreads(RunDirectory directory, RunConfig config) {
    int recorded = directory.readJson(FILE).map(facts -> facts.path("threads").asInt(0)).orElse(0);
    Threads.use(recorded > 0 ? recorded : Threads.choose(config.train().threads()));
  }

  /**
   * Writes the file before the first step. A resumed run must see the same images, or its figures
   * would mix two data sets.
   *
   * @throws WorkFailed if the data have changed since the first step
   */
  void write() {
    String fingerprint = Fingerprint.of(session.split(), directory.damagedImages());
    Optional<JsonNode> before =
        directory.metrics().isEmpty() ? Optional.empty() : directory.readJson(FILE);
    if (before.isPresent()) {
      String old = before.get().path("dataFingerprint").asString("");
      if (!old.equals(fingerprint)) {
        throw new WorkFailed(
            "The data of "
                + directory.path()
                + " have changed since it began (fingerprint "
                + shortened(old)
                + ", now "
                + shortened(fingerprint)
                + "): restore them, or start a new run.");
      }
      return;
    }
    Map<String, Object> facts = new LinkedHashMap<>(Environment.describe());
    facts.put("dataFingerprint", fingerprint);
    Split split = session.split();
    facts.put(
        "images",
        Map.of(
            "train", split.train().size(),
            "validation", split.validation().size(),
            "test", split.test().size()));
    facts.put("classes", split.classNames());
    facts.put(RecordedPrecision.KEY, RecordedPrecision.facts(session.network().precisions()));
    facts.put("seed", session.config().train().seed());
    weights().ifPresent(weights -> facts.put("weights", weights));
    directory.writeJson(FILE, facts);
  }

  // A run that was stopped in its first epoch no longer loads the weights it started from.
  private Optional<Object> weights() {
    Optional<Object> before =
        directory.readJson(FILE).flatMap(facts -> Optional.ofNullable(facts.get("weights")));
    return before.or(() -> session.loading().map(Loading::facts));
  }

  private static String shortened(String fingerprint) {
    return fingerprint.substring(0, Math.min(12, fingerprint.length()));
  }
}
