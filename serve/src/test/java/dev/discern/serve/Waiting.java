package dev.discern.serve;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads do. */
final class Waiting {
  private Waiting() {}

  /** Waits until a condition holds, at most 20 seconds. */
  static void until(BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > 20_000_000_000L) {
        throw new AssertionError("It did not happen within 20 seconds.");
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
