package dev.discern.fetch;

import java.io.IOException;

/** A server gave no usable answer. The message is a clause, such as "there is no connection". */
public final class Unreachable extends IOException {
  private static final long serialVersionUID = 1L;

  Unreachable(String reason, Throwable cause) {
    super(reason, cause);
  }

  /**
   * The reason.
   *
   * @return a clause without a full stop
   */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
