package dev.discern.serve;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/** Reads the parameters of addresses. */
final class Queries {
  private Queries() {}

  static Fields of(Exchange exchange) {
    try {
      return Request.extractQueryParameters(exchange.request);
    } catch (RuntimeException e) {
      throw new HttpFailure(400, "The parameters after ? in the address are not properly encoded.");
    }
  }
}
