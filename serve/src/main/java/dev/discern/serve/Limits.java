package dev.discern.serve;

import java.time.Duration;

/**
 * What one request, and all requests together, may take.
 *
 * @param maxBodyBytes the largest request body, in bytes; longer ones are answered with 413
 * @param maxPixels the largest image, in pixels; larger ones are answered with 400
 * @param maxImages the most images in one request; more are answered with 413
 * @param maxQueue the most images that wait for a worker; further ones are answered with 429
 * @param bodyTimeout how long a client may take to send a body; slower ones are answered with 408
 * @param grace how long closing the server waits for accepted requests
 */
public record Limits(
    int maxBodyBytes,
    long maxPixels,
    int maxImages,
    int maxQueue,
    Duration bodyTimeout,
    Duration grace) {
  private static final int MEBIBYTE = 1 << 20;

  /** Checks the ranges. */
  public Limits {
    InRange.check("The largest body in bytes", maxBodyBytes, 1, 1024L * MEBIBYTE);
    InRange.check("The largest image in pixels", maxPixels, 1, dev.discern.codec.Limits.MAX_PIXELS);
    InRange.check("The largest number of images in a request", maxImages, 1, 10_000);
    InRange.check("The length of the queue", maxQueue, maxImages, 1_000_000);
    InRange.check("The time for a body in milliseconds", bodyTimeout.toMillis(), 1, 3_600_000);
    InRange.check("The grace in milliseconds", grace.toMillis(), 0, 3_600_000);
  }

  /**
   * The defaults.
   *
   * @return 16 MiB, 40 million pixels, 64 images, 256 waiting images, 30 seconds each
   */
  public static Limits defaults() {
    Duration half = Duration.ofSeconds(30);
    return new Limits(16 * MEBIBYTE, 40_000_000, 64, 256, half, half);
  }
}
