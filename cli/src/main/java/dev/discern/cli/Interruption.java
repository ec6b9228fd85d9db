package dev.discern.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Turns Ctrl-C (or SIGTERM) into an orderly end: training is asked to stop after its step, saves,
 * and the process ends once it has.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final PrintWriter err;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::onShutdown, "discern-interruption");
  private volatile boolean asked;
  private volatile boolean training;
  private volatile @Nullable String command;

  Interruption(PrintWriter err) {
    this.err = err;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The command to name when saying how to resume. */
  void resumesWith(String line) {
    command = line;
  }

  /** From now on there is something to save. */
  void trainingBegins() {
    training = true;
  }

  boolean isAsked() {
    return asked;
  }

  private void onShutdown() {
    if (!training) {
      return;
    }
    asked = true;
    err.println();
    err.println("Stopping after this step and saving ...");
    try {
      boolean saved = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      err.println(
          saved
              ? "Saved. Resume with: ./discern " + command
              : "Could not save in time; the last checkpoint is kept.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Training has ended and saved. */
  @Override
  public void close() {
    training = false;
    done.countDown();
    if (!asked) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
