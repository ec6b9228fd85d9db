package dev.discern.serve;

import dev.discern.runtime.Card;
import java.time.Instant;
import java.util.Optional;

/** The place of one model. The model in it is replaced when its file changes. */
final class ModelSlot implements AutoCloseable {
  private final ModelSource source;
  private final Opener opener;
  private final Notices notices;

  private volatile ModelVersion current;
  private volatile State state;

  // Only for look(), which one thread calls.
  private Optional<Stamp> loaded;
  private Optional<Stamp> seen;
  // What was acted on already, without a new model.
  private Optional<Stamp> handled;

  /**
   * How the model relates to its file.
   *
   * @param loadedAt when the model was opened
   * @param reloads how often it has been replaced
   * @param problem why the file is not what is served; empty if it is
   */
  record State(Instant loadedAt, int reloads, String problem) {}

  /** Opens the model, or throws what the opener throws. */
  ModelSlot(ModelSource source, Opener opener, Notices notices) {
    this.source = source;
    this.opener = opener;
    this.notices = notices;
    Optional<Stamp> before = Stamp.of(source.path());
    this.current = new ModelVersion(opener.open(source.path()));
    this.loaded = before;
    this.seen = loaded;
    this.handled = loaded;
    this.state = new State(Instant.now(), 0, "");
  }

  String name() {
    return source.name();
  }

  State state() {
    return state;
  }

  /** The current model, to be released. */
  ModelVersion retain() {
    while (true) {
      ModelVersion found = current;
      if (found.retain()) {
        return found;
      }
    }
  }

  /** What the current model is. */
  Card card() {
    return current.classifier().card();
  }

  /**
   * Checks the file once. A change is acted on when two checks in a row see the same file, because
   * a file that is being written changes in between.
   */
  void look() {
    Optional<Stamp> now = Stamp.of(source.path());
    boolean settled = now.equals(seen);
    seen = now;
    if (!settled || now.equals(handled)) {
      return;
    }
    if (now.isEmpty()) {
      handled = now;
      report(source.path() + " is gone; the model opened from it is still served.");
    } else if (now.equals(loaded)) {
      handled = loaded;
      state = new State(state.loadedAt(), state.reloads(), "");
    } else {
      reload(now);
    }
  }

  private void reload(Optional<Stamp> stamp) {
    try {
      ModelVersion replaced = current;
      current = new ModelVersion(opener.open(source.path()));
      replaced.release();
      loaded = stamp;
      state = new State(Instant.now(), state.reloads() + 1, "");
      notices.reloaded(name());
    } catch (RuntimeException e) {
      // Any failure keeps the old model; the next change of the file triggers another attempt.
      handled = stamp;
      report(
          "The new "
              + source.path()
              + " cannot be opened, so the model before it is still served: "
              + e.getMessage());
    }
  }

  private void report(String problem) {
    state = new State(state.loadedAt(), state.reloads(), problem);
    notices.problem(name(), problem);
  }

  /** Lets go of the model, which closes when its last batch has run. */
  @Override
  public void close() {
    current.release();
  }
}
