package dev.discern.serve;

import java.util.Map;

/** A request that is answered with an error: a status, and one sentence for the client. */
final class HttpFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, String> headers;

  HttpFailure(int status, String sentence) {
    this(status, sentence, Map.of());
  }

  HttpFailure(int status, String sentence, Map<String, String> headers) {
    // Without a stack trace: clients can cause any number of these.
    super(sentence, null, false, false);
    this.status = status;
    this.headers = Map.copyOf(headers);
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }

  /** The server has no room at the moment. */
  static HttpFailure busy(String what) {
    return new HttpFailure(
        429,
        "The server is busy: " + what + ". Try again in a second.",
        Map.of("Retry-After", "1"));
  }
}
