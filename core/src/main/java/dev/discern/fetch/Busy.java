package dev.discern.fetch;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The server answers, but not now. */
final class Busy extends IOException {
  private static final long serialVersionUID = 1L;

  /** Stands for a wait that the server leaves open. */
  static final Duration UNSAID = Duration.ofNanos(-1);

  /** How long the server asks to wait, or {@link #UNSAID}. */
  final Duration wait;

  Busy(int status, HttpHeaders headers, Instant now) {
    this(status, waitOf(headers.firstValue("Retry-After").orElse("").strip(), now));
  }

  private Busy(int status, Duration wait) {
    super(
        "the server answered "
            + status
            + (status == 429 ? " (too many requests)" : "")
            + (wait.toSeconds() > 0
                ? " and asks to wait " + wait.toSeconds() + " s before the next try"
                : ""));
    this.wait = wait;
  }

  // RFC 9110, section 10.2.3: seconds, or a date.
  static Duration waitOf(String retryAfter, Instant now) {
    if (retryAfter.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(retryAfter));
    }
    try {
      Instant until =
          ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    } catch (DateTimeException e) {
      return UNSAID;
    }
  }
}
