package dev.discern.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Turns Ctrl-C (or SIGTERM) into an orderly shutdown: training stops after its step and saves, and
 * then the process ends.
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

  /** Sets the command to print as the way to resume. */
  void resumesWith(String line) {
    command = line;
  }

  /** Called when there is something to save. */
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

  /** Called when training has ended and saved. */
  @Override
  public void close() {
    training = false;
    done.countDown();
    if (!asked) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
