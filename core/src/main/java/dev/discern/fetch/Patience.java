package dev.discern.fetch;

import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.time.Duration;

/**
 * How long to wait for a server.
 *
 * @param attempts how often to ask before giving up, at least 1
 * @param firstDelay the wait before the second attempt; it doubles after each attempt
 * @param longestWait the longest wait that a server may ask for by {@code Retry-After}
 * @param stall how long a server may send nothing
 */
public record Patience(int attempts, Duration firstDelay, Duration longestWait, Duration stall) {
  /** For servers on the internet. */
  public static final Patience USUAL =
      new Patience(4, Duration.ofMillis(500), Duration.ofMinutes(2), Duration.ofSeconds(60));

  /**
   * The same with another first delay.
   *
   * @param delay the wait before the second attempt
   * @return a copy
   */
  public Patience withFirstDelay(Duration delay) {
    return new Patience(attempts, delay, longestWait, stall);
  }

  /**
   * The same with one attempt.
   *
   * @return a copy
   */
  public Patience once() {
    return new Patience(1, firstDelay, longestWait, stall);
  }

  /** Retries failures of the connection, and servers that are busy for a bearable time. */
  RetryPolicy<Object> retries() {
    return RetryPolicy.builder()
        .handleIf(e -> e instanceof IOException && isTemporary(e))
        .withBackoff(firstDelay, firstDelay.multipliedBy(16))
        .withDelayFnOn(context -> askedFor(context.getLastException()), Busy.class)
        .withMaxAttempts(attempts)
        .build();
  }

  private boolean isTemporary(Throwable e) {
    return !(e instanceof Refused)
        && !(e instanceof Busy busy && busy.wait.compareTo(longestWait) > 0);
  }

  // A negative delay stands for the policy's own.
  private static Duration askedFor(Throwable e) {
    return e instanceof Busy busy ? busy.wait : Busy.UNSAID;
  }
}
