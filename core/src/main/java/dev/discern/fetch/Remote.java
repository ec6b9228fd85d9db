package dev.discern.fetch;

import java.net.URI;
import java.util.Locale;
import java.util.Map;

/**
 * An address, and what to send with each request to it.
 *
 * @param uri an address with the scheme http or https
 * @param headers sent to the origin of this address alone: a redirect to another host, port or
 *     scheme goes without them
 */
public record Remote(URI uri, Map<String, String> headers) {
  /** Keeps an unmodifiable copy. */
  public Remote {
    headers = Map.copyOf(headers);
  }

  /**
   * An address without headers.
   *
   * @param uri the address
   * @return the remote file
   */
  public static Remote of(URI uri) {
    return new Remote(uri, Map.of());
  }

  /** Whether an address has the scheme, host and port of this one. */
  boolean sharesOriginWith(URI other) {
    return origin(uri).equals(origin(other));
  }

  private static String origin(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    int standard = scheme.equals("https") ? 443 : 80;
    int port = uri.getPort() < 0 ? standard : uri.getPort();
    return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
  }

  /** The address alone: headers may hold a secret. */
  @Override
  public String toString() {
    return uri.toString();
  }
}
