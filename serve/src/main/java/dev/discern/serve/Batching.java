package dev.discern.serve;

import dev.discern.failure.InvalidRequest;
import java.time.Duration;

/**
 * How images are gathered into batches. A batch starts when a worker is free and either the batch
 * is full or its oldest image has waited for {@code delay}; so waiting for company never costs an
 * image more than the delay.
 *
 * @param maxBatch the largest number of images that run through the network together, 1 to 1,024
 * @param delay how long an image waits for others, 0 to 1 second
 * @param workers how many batches are decoded and run at the same time, 1 to 256
 * @param threads the threads that one batch uses inside the network, 1 to 256
 */
public record Batching(int maxBatch, Duration delay, int workers, int threads) {
  private static final int LARGEST_BATCH = 1024;
  private static final int MOST_WORKERS = 256;

  /** Checks the ranges. */
  public Batching {
    InRange.check("The largest batch", maxBatch, 1, LARGEST_BATCH);
    InRange.check("The number of workers", workers, 1, MOST_WORKERS);
    InRange.check("The number of threads", threads, 1, MOST_WORKERS);
    if (delay.isNegative() || delay.compareTo(Duration.ofSeconds(1)) > 0) {
      throw new InvalidRequest(
          "The delay of a batch is " + delay.toMillis() + ", but must be 0 to 1000 milliseconds.");
    }
  }

  /**
   * The defaults: one worker per core, each with one thread; no waiting.
   *
   * @return batches of at most 8 images
   */
  public static Batching defaults() {
    int cores = Runtime.getRuntime().availableProcessors();
    return new Batching(8, Duration.ZERO, Math.min(cores, MOST_WORKERS), 1);
  }
}
