package dev.discern.serve;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** One request, and what the log says about it. Written by one thread at a time. */
final class Exchange {
  private static final Pattern USABLE_ID = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");
  private static final SecureRandom RANDOM = new SecureRandom();

  final Request request;
  final String id;
  final long beganNanos = System.nanoTime();

  // For the log and the metrics; endpoints fill them in.
  volatile String endpoint = "none";
  volatile String model = "";
  volatile int images;
  volatile long bodyBytes;

  Exchange(Request request) {
    this.request = request;
    this.id = idOf(request.getHeaders().get("X-Request-Id"));
  }

  // An ID is written to logs, so an unusual one is replaced.
  private static String idOf(@Nullable String given) {
    if (given != null && USABLE_ID.matcher(given).matches()) {
      return given;
    }
    byte[] random = new byte[8];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  @Nullable String header(HttpHeader name) {
    return request.getHeaders().get(name);
  }

  @Nullable String header(String name) {
    return request.getHeaders().get(name);
  }

  String method() {
    return request.getMethod();
  }

  /** The path, decoded. */
  String path() {
    String path = request.getHttpURI().getDecodedPath();
    return path == null ? "" : path;
  }

  long nanos() {
    return System.nanoTime() - beganNanos;
  }
}
