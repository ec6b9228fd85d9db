package dev.discern.watch;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The latest snapshot, for any number of readers. There are no queues: a slow reader misses
 * snapshots that are replaced in the meantime, but does not block anyone.
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
   * Waits for a snapshot that differs from the one that a reader has.
   *
   * @param known the snapshot of the reader; null at first
   * @param milliseconds the maximum waiting time
   * @return the latest snapshot, or empty if there was no new one in that time or the feed is
   *     closed
   * @throws InterruptedException if the reader is interrupted
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

  /** Closes the feed and wakes all waiting readers. */
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
