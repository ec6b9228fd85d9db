package dev.discern.data;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Thread pools that do not keep the JVM alive. */
final class Workers {
  private Workers() {}

  /**
   * Unwraps a task's failure for its caller.
   *
   * @param cause of an {@code ExecutionException}
   * @return the failure, not yet thrown
   */
  static RuntimeException rethrown(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException failure
        ? failure
        : new IllegalStateException("A task failed.", cause);
  }

  /**
   * Opens a pool.
   *
   * @param count threads
   * @param name what thread dumps call them
   * @return a pool for the caller to shut down
   */
  static ExecutorService pool(int count, String name) {
    return Executors.newFixedThreadPool(
        count,
        work -> {
          Thread thread = new Thread(work, name);
          thread.setDaemon(true);
          return thread;
        });
  }
}
