package dev.discern.fetch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Sends one request and follows its redirects. The JDK's client would hand every header to the next
 * host, a token included.
 */
final class Http {
  private static final int REDIRECTS = 10;

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(10))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Duration answer;

  /**
   * Prepares a client.
   *
   * @param answer how long a server may take to begin its answer
   */
  Http(Duration answer) {
    this.answer = answer;
  }

  /** The last answer, its body open, and the headers of all. */
  record Answer(HttpResponse<Body> last, List<HttpHeaders> hops) {}

  /**
   * Sends a request.
   *
   * @param to the address
   * @param method GET or HEAD
   * @param more headers for every host
   * @param suffices a redirect whose headers pass is the answer
   */
  Answer send(Remote to, String method, Map<String, String> more, Predicate<HttpHeaders> suffices)
      throws IOException, InterruptedException {
    List<HttpHeaders> hops = new ArrayList<>();
    Remote next = to;
    while (hops.size() <= REDIRECTS) {
      HttpResponse<Body> response = sendOnce(next, method, more);
      hops.add(response.headers());
      if (!isRedirect(response.statusCode()) || suffices.test(response.headers())) {
        return new Answer(response, hops);
      }
      response.body().close();
      next = follow(next, response.headers());
    }
    throw new Refused("the server redirects in a loop");
  }

  private HttpResponse<Body> sendOnce(Remote to, String method, Map<String, String> more)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to.uri())
            .timeout(answer)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("User-Agent", "discern");
    more.forEach(request::setHeader);
    to.headers().forEach(request::setHeader);
    return client.send(request.build(), info -> new Body());
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private static Remote follow(Remote from, HttpHeaders headers) throws Refused {
    String location = headers.firstValue("Location").orElse("");
    if (location.isBlank()) {
      throw new Refused("the server redirects without an address");
    }
    URI target = target(from.uri(), location);
    boolean encrypted = "https".equalsIgnoreCase(target.getScheme());
    boolean isWeb = encrypted || "http".equalsIgnoreCase(target.getScheme());
    if (target.getHost() == null || !isWeb) {
      throw new Refused("the server redirects to something that is not a web address");
    }
    if ("https".equalsIgnoreCase(from.uri().getScheme()) && !encrypted) {
      throw new Refused("the server redirects to an address without encryption");
    }
    return from.sharesOriginWith(target) ? new Remote(target, from.headers()) : Remote.of(target);
  }

  private static URI target(URI from, String location) throws Refused {
    try {
      return from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new Refused("the server redirects to something that is not a web address");
    }
  }
}
