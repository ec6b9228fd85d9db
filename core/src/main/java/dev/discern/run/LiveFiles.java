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
 * The files for viewers of a live run, not needed to resume it: {@code progress.json}, written at
 * most once per second and when the run begins and ends, and {@code confusion.json}, written after
 * each epoch's validation. Both are replaced atomically, so that a reader never sees a partial
 * file; but they are not synced, and failures to write them are ignored: training neither waits for
 * the disk nor fails because of them.
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
   * @param clock nanoseconds since an arbitrary moment
   */
  LiveFiles(
      Path run,
      List<String> classNames,
      int stepsPerEpoch,
      int imagesPerEpoch,
      int imagesPerStep,
      LongSupplier clock) {
    this.run = run;
    this.classNames = classNames;
    this.stepsPerEpoch = stepsPerEpoch;
    this.rate = new ImageRate(imagesPerEpoch, imagesPerStep);
    this.clock = clock;
  }

  static LiveFiles of(Path run, Session session) {
    return new LiveFiles(
        run,
        session.card().classNames(),
        session.stepsPerEpoch(),
        session.split().train().size(),
        session.config().imagesPerStep(),
        System::nanoTime);
  }

  /** The current time in UTC, to the millisecond, as ISO 8601 writes it. */
  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** Records that training begins or resumes. */
  void begin(Progress start) {
    progress.put("state", "training").put("started", now());
    progress.put("epoch", start.epoch() + 1).put("step", start.step());
    progress.put("stepsPerEpoch", stepsPerEpoch);
    writeProgress();
  }

  /** Records a step; writes its file if the last one is a second old. */
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
   * Records the validation of an epoch.
   *
   * @param counts {@code [K][K]}: images by true class, then by predicted class
   */
  void confusion(int epoch, long[][] counts) {
    ObjectNode node = JSON.createObjectNode();
    node.put("epoch", epoch);
    node.set("classes", JSON.valueToTree(classNames));
    // Without zeros it never has more entries than there are validation images.
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
   * Records that training has ended.
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
      return; // see the class: files that are needed to resume are written elsewhere, and their
      // failures count
    }
  }
}
