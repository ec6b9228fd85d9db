package dev.discern.run;

import dev.discern.config.Uninterrupted;
import dev.discern.train.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run tells those who follow it, and nobody needs to go on with it: {@code progress.json},
 * at most once a second and at the run's begin and end, and {@code confusion.json}, of each epoch's
 * validation. Both are replaced whole, so that a reader never sees half of one; but they are not
 * synced, and a failure to write them is passed over: training waits for no disk on their account,
 * and does not end because nobody can follow it.
 */
final class LiveFiles {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path run;
  private final List<String> classNames;
  private final LongSupplier clock;
  private final int stepsPerEpoch;
  private final ImageRate rate;
  private final ObjectNode progress = JSON.createObjectNode();
  private long writtenNanos;

  /**
   * Prepares the files of a run.
   *
   * @param clock nanoseconds since any moment
   */
  LiveFiles(
      Path run,
      List<String> classNames,
      int stepsPerEpoch,
      int imagesPerEpoch,
      int batchSize,
      LongSupplier clock) {
    this.run = run;
    this.classNames = classNames;
    this.stepsPerEpoch = stepsPerEpoch;
    this.rate = new ImageRate(imagesPerEpoch, batchSize);
    this.clock = clock;
  }

  static LiveFiles of(Path run, Session session) {
    return new LiveFiles(
        run,
        session.card().classNames(),
        session.training().stepsPerEpoch(),
        session.split().train().size(),
        session.config().train().batchSize(),
        System::nanoTime);
  }

  /** This moment in UTC, to the millisecond, as ISO 8601 writes it. */
  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** Training begins or goes on. */
  void begin(Progress start) {
    progress.put("state", "training").put("started", now());
    progress.put("epoch", start.epoch() + 1).put("step", start.step());
    progress.put("stepsPerEpoch", stepsPerEpoch);
    writeProgress();
  }

  /** A step has been made; its file follows if the last one is a second old. */
  void step(int epoch, int step, double loss) {
    long nanos = clock.getAsLong();
    rate.step(epoch, step, nanos);
    if (nanos - writtenNanos < EVERY_NANOS) {
      return;
    }
    progress.put("epoch", epoch).put("step", step).put("loss", loss);
    rate.perSecond().ifPresent(images -> progress.put("imagesPerSecond", images));
    writeProgress();
    rate.restart(step, nanos);
  }

  /**
   * An epoch was validated.
   *
   * @param counts {@code [K][K]}: images by true class, then by predicted class
   */
  void confusion(int epoch, long[][] counts) {
    ObjectNode node = JSON.createObjectNode();
    node.put("epoch", epoch);
    node.set("classes", JSON.valueToTree(classNames));
    // Without the zeros it is never larger than the validation images are many.
    ArrayNode cells = node.putArray("cells");
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < counts.length; j++) {
        if (counts[i][j] > 0) {
          cells.addArray().add(i).add(j).add(counts[i][j]);
        }
      }
    }
    replace("confusion.json", node);
  }

  /**
   * Training has ended.
   *
   * @param state finished, stopped or failed
   * @param message why, where it failed; else empty
   */
  void end(String state, String message) {
    progress.put("state", state).remove("imagesPerSecond");
    if (!message.isEmpty()) {
      progress.put("message", message);
    }
    writeProgress();
  }

  private void writeProgress() {
    writtenNanos = clock.getAsLong();
    replace("progress.json", progress.put("time", now()));
  }

  private void replace(String name, JsonNode content) {
    Path fresh = run.resolve("." + name + ".tmp");
    try {
      Path unused =
          Uninterrupted.call(
              () -> Files.writeString(fresh, JSON.writeValueAsString(content) + "\n"));
      Files.move(
          fresh,
          run.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      return; // see the class: what is needed to go on is written elsewhere, and not passed over
    }
  }
}
