package dev.discern.data;

import dev.discern.config.Internal;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * The batches of one epoch, prepared ahead by daemon threads and delivered in order. For one
 * consuming thread. At most two batches per worker wait, so memory is bounded.
 */
@Internal
public final class BatchStream implements Iterator<Batch>, AutoCloseable {
  private final IntFunction<Batch> prepare;
  private final int steps;
  private final ExecutorService pool;
  private final Queue<Future<Batch>> ahead = new ArrayDeque<>();
  private int nextToPrepare;

  BatchStream(IntFunction<Batch> prepare, int firstStep, int steps, int workers) {
    this.prepare = prepare;
    this.steps = steps;
    nextToPrepare = firstStep;
    pool = Workers.pool(workers, "discern-batches");
    for (int k = 0; k < 2 * workers; k++) {
      prepareOneMore();
    }
  }

  private void prepareOneMore() {
    if (nextToPrepare < steps) {
      int step = nextToPrepare++;
      ahead.add(pool.submit(() -> prepare.apply(step)));
    }
  }

  @Override
  public boolean hasNext() {
    return !ahead.isEmpty();
  }

  /**
   * Returns the next batch, waiting until it is prepared, even if this thread is interrupted: the
   * interrupt status is kept, and the trainer decides when to stop.
   *
   * @return the batch
   * @throws dev.discern.config.WorkFailed if one of its images cannot be read
   */
  @Override
  public Batch next() {
    Future<Batch> batch = ahead.poll();
    if (batch == null) {
      throw new NoSuchElementException("The epoch has ended.");
    }
    prepareOneMore();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return batch.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw Workers.rethrown(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Drops the batches not read, and waits for the workers, each of which finishes at most one
   * batch.
   */
  @Override
  public void close() {
    for (Future<Batch> batch : ahead) {
      batch.cancel(false);
    }
    ahead.clear();
    pool.shutdown();
    boolean interrupted = false;
    while (true) {
      try {
        if (pool.awaitTermination(1, TimeUnit.DAYS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
