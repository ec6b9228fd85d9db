package dev.discern.watch;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Lets in only what asks for this machine by its own names, so that no page from elsewhere can read
 * a run by a name of its own that leads here (DNS rebinding), and sends every answer with rules
 * that let the page load nothing from elsewhere.
 */
final class Gate extends Filter {
  // Any port: a tunnel may have another one at its far end.
  private static final Pattern THIS_MACHINE =
      Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  @Override
  public String description() {
    return "only this machine's own names, only reading";
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
      Answer.text(exchange, 403, "This page is served only under the name localhost.");
    } else if (!exchange.getRequestMethod().equals("GET")) {
      headers.set("Allow", "GET");
      Answer.text(exchange, 405, "This page can only be read.");
    } else {
      chain.doFilter(exchange);
    }
  }
}
