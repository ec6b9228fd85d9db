package dev.discern.watch;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Accepts only requests whose host is a local name of this machine, so that no other website can
 * read a run through a domain name that resolves to this machine (DNS rebinding). Adds security
 * headers to every response, which prevent the page from loading anything from elsewhere.
 */
final class Gate extends Filter {
  // Any port, because the far end of a tunnel may use another one.
  private static final Pattern THIS_MACHINE =
      Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  @Override
  public String description() {
    return "accepts only GET requests for a local host name";
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    String host = exchange.getRequestHeaders().getFirst("Host");
    if (host == null || !THIS_MACHINE.matcher(host).matches()) {
      Answer.text(exchange, 403, "This page is available only under the name localhost.");
    } else if (!exchange.getRequestMethod().equals("GET")) {
      headers.set("Allow", "GET");
      Answer.text(exchange, 405, "This page supports only GET requests.");
    } else {
      chain.doFilter(exchange);
    }
  }
}
