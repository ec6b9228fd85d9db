package dev.discern.watch;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The newest snapshot, for any number of readers. It keeps no queues: a reader that is slow misses
 * what was replaced meanwhile, and holds up nobody.
 */
final class Feed {
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Snapshot newest;
  private boolean closed;

  void publish(Snapshot snapshot) {
    lock.lock();
    try {
      newest = snapshot;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a snapshot that differs from the one a reader has.
   *
   * @param known what the reader has; null at first
   * @param milliseconds how long to wait
   * @return the newest, or empty if there was nothing new in that time
   * @throws InterruptedException if the reader is to end
   */
  Optional<Snapshot> awaitOtherThan(@Nullable Snapshot known, long milliseconds)
      throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(milliseconds);
    lock.lock();
    try {
      while (!closed && (newest == null || newest.equals(known))) {
        if (left <= 0) {
          return Optional.empty();
        }
        left = changed.awaitNanos(left);
      }
      return closed ? Optional.empty() : Optional.ofNullable(newest);
    } finally {
      lock.unlock();
    }
  }

  /** Ends all waiting. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }
}
