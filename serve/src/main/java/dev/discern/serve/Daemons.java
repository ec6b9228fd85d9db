package dev.discern.serve;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that do not keep the process alive. */
final class Daemons {
  private Daemons() {}

  static ThreadFactory named(String role) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, role + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
