package dev.discern.runtime;

import dev.discern.codec.Limits;
import dev.discern.failure.InvalidRequest;

/**
 * How a classifier uses the machine.
 *
 * @param threads the threads that one batch uses inside the network, 1 to 1024
 * @param batchLimit the largest number of images that run through the network together, 1 to 65536;
 *     more are run one batch after another
 * @param maxPixels the largest image that is decoded, in pixels, up to 178 million; a larger one is
 *     refused by its header. Decoding takes up to about 8 bytes of heap per pixel
 */
public record Options(int threads, int batchLimit, long maxPixels) {
  private static final int MOST_THREADS = 1024;
  private static final int MOST_IMAGES = 65_536;
  private static final int BATCH = 16;
  private static final long PIXELS = 50_000_000;

  /**
   * Checks the ranges.
   *
   * @throws InvalidRequest if a value is out of range
   */
  public Options {
    require("number of threads", threads, MOST_THREADS);
    require("limit of a batch", batchLimit, MOST_IMAGES);
    require("limit of pixels", maxPixels, Limits.MAX_PIXELS);
  }

  private static void require(String what, long value, long most) {
    if (value < 1 || value > most) {
      throw new InvalidRequest(
          "The " + what + " is " + value + ", but it must be 1 to " + most + ".");
    }
  }

  /**
   * The defaults: as many threads as the JVM has processors, batches of 16, and 50 million pixels.
   *
   * @return options
   */
  public static Options defaults() {
    int processors = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    return new Options(processors, BATCH, PIXELS);
  }

  /**
   * The same options with another number of threads.
   *
   * @param count 1 to 1024
   * @return options
   */
  public Options withThreads(int count) {
    return new Options(count, batchLimit, maxPixels);
  }

  /**
   * The same options with another limit of a batch.
   *
   * @param images 1 to 65536
   * @return options
   */
  public Options withBatchLimit(int images) {
    return new Options(threads, images, maxPixels);
  }

  /**
   * The same options with another limit of pixels.
   *
   * @param pixels 1 to 178 million
   * @return options
   */
  public Options withMaxPixels(long pixels) {
    return new Options(threads, batchLimit, pixels);
  }
}
