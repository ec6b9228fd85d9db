package dev.discern.serve;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The images that wait for workers, oldest first, and the batches they form. A batch holds images
 * of one model. Images of a model that was replaced meanwhile form their own.
 */
final class BatchQueue {
  private final int capacity;
  private final int maxBatch;
  private final long delayNanos;
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Job> waiting = new LinkedHashSet<>();
  private int idleWorkers;
  private boolean closed;

  /**
   * Creates an empty queue.
   *
   * @param capacity the most images that wait
   * @param batching the size of batches, and how long an image waits for others
   */
  BatchQueue(int capacity, Batching batching) {
    this.capacity = capacity;
    this.maxBatch = batching.maxBatch();
    this.delayNanos = batching.delay().toNanos();
  }

  /** Queues all images of a request or, if there is no room for all, none of them. */
  boolean offer(List<Job> jobs) {
    lock.lock();
    try {
      if (closed || waiting.size() + jobs.size() > capacity) {
        return false;
      }
      waiting.addAll(jobs);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  int length() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a batch.
   *
   * @return images of one model, in order; empty when the queue is closed and all have been taken
   * @throws InterruptedException if the worker is interrupted
   */
  List<Job> take() throws InterruptedException {
    lock.lock();
    idleWorkers++;
    try {
      while (true) {
        ModelVersion ready = ready(System.nanoTime());
        if (ready != null) {
          return remove(ready);
        } else if (!waiting.isEmpty()) {
          changed.awaitNanos(untilOldestIsDue());
        } else if (closed) {
          return List.of();
        } else {
          changed.await();
        }
      }
    } finally {
      idleWorkers--;
      lock.unlock();
    }
  }

  private long untilOldestIsDue() {
    Job oldest = waiting.iterator().next();
    return Math.max(1, oldest.queuedNanos() + delayNanos - System.nanoTime());
  }

  // The model of the oldest image that is due, or else the first that fills a batch.
  private @Nullable ModelVersion ready(long now) {
    Map<ModelVersion, Integer> counts = new LinkedHashMap<>();
    for (Job job : waiting) {
      int count = counts.merge(job.version(), 1, Integer::sum);
      if (count == maxBatch || closed || now - job.queuedNanos() >= delayNanos) {
        return job.version();
      }
    }
    return null;
  }

  // Idle workers get equal shares, which are done sooner than one full batch.
  private List<Job> remove(ModelVersion version) {
    int available = (int) waiting.stream().filter(job -> job.version() == version).count();
    int share = Math.min(maxBatch, (available + idleWorkers - 1) / idleWorkers);
    List<Job> batch = new ArrayList<>(share);
    Iterator<Job> jobs = waiting.iterator();
    while (batch.size() < share) {
      Job job = jobs.next();
      if (job.version() == version) {
        batch.add(job);
        jobs.remove();
      }
    }
    return batch;
  }

  /** Refuses further images. Those that wait are still taken, without delay. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
