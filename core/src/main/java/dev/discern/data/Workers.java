package dev.discern.data;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Thread pools that do not keep the JVM alive. */
final class Workers {
  private Workers() {}

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
