package dev.discern.fetch;

import java.io.IOException;

/** An answer that another attempt does not change. */
final class Refused extends IOException {
  private static final long serialVersionUID = 1L;

  Refused(String reason) {
    super(reason);
  }
}
