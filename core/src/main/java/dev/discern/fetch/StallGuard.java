package dev.discern.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Closes a response that brings nothing for too long. A stalled connection sends no error, and the
 * JDK's stream does not heed interrupts.
 */
final class StallGuard implements AutoCloseable {
  private final InputStream body;
  private final long limitNanos;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(StallGuard::thread);
  private volatile long heardAt = System.nanoTime();
  private volatile boolean stalled;

  StallGuard(InputStream body, Duration limit) {
    this.body = body;
    limitNanos = limit.toNanos();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "discern-stall-guard");
    thread.setDaemon(true);
    return thread;
  }

  /** Begins to watch. */
  StallGuard start() {
    long period = Math.max(1, limitNanos / 4);
    var unused = timer.scheduleWithFixedDelay(this::check, period, period, TimeUnit.NANOSECONDS);
    return this;
  }

  /** Notes that bytes came. */
  void heard() {
    heardAt = System.nanoTime();
  }

  /** Whether the response was closed. */
  boolean isStalled() {
    return stalled;
  }

  private void check() {
    if (System.nanoTime() - heardAt > limitNanos) {
      stalled = true;
      closeBody();
    }
  }

  private void closeBody() {
    try {
      body.close();
    } catch (IOException e) {
      return; // it is closed all the same, and the reader sees it
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
