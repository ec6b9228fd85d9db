package dev.discern.serve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Decides which requests are admitted. With a token, those that carry it. Without one, on the
 * loopback address, those under a local name: otherwise, a web page from elsewhere could reach the
 * server through a domain name that resolves to this machine (DNS rebinding).
 */
final class Gate {
  /**
   * The security headers of every answer: the page loads nothing from, and sends nothing to,
   * others.
   */
  static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
              + " img-src 'self' blob: data:; media-src blob:; base-uri 'none'; form-action 'none';"
              + " frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Permissions-Policy",
          "camera=(self)",
          "Cache-Control",
          "no-store");

  private static final Pattern THIS_MACHINE =
      Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

  private final Optional<Token> token;
  private final boolean localOnly;

  Gate(String host, Optional<Token> token) {
    this.token = token;
    this.localOnly = token.isEmpty() && isLoopback(host);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /**
   * Admits a request.
   *
   * @throws HttpFailure with 401 or 403 if it is not admitted
   */
  void admit(Exchange exchange, Route route) {
    String host = exchange.header(HttpHeader.HOST);
    if (localOnly && (host == null || !THIS_MACHINE.matcher(host).matches())) {
      throw new HttpFailure(
          403,
          "This server answers only under the name localhost: start it with a token to use it under"
              + " another name.");
    }
    if (!route.isOpen()
        && token.isPresent()
        && !token.get().isIn(exchange.header(HttpHeader.AUTHORIZATION))) {
      throw new HttpFailure(
          401,
          "This server needs its token: send the header Authorization: Bearer TOKEN.",
          Map.of("WWW-Authenticate", "Bearer realm=\"discern\""));
    }
  }
}
