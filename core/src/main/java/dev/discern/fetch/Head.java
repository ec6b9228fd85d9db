package dev.discern.fetch;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/**
 * A server's description of a file.
 *
 * @param status the status code of the last answer
 * @param hops the headers of each answer, redirects first; never empty
 */
public record Head(int status, List<HttpHeaders> hops) {
  /** Keeps an unmodifiable copy. */
  public Head {
    hops = List.copyOf(hops);
  }

  /**
   * Whether the server has the file.
   *
   * @return true unless the last answer is an error
   */
  public boolean exists() {
    return status < 400;
  }

  /**
   * A header of the first answer that has it.
   *
   * @param name the header's name, in any case
   * @return its value
   */
  public Optional<String> first(String name) {
    return hops.stream().flatMap(headers -> headers.firstValue(name).stream()).findFirst();
  }

  /**
   * The headers of the last answer.
   *
   * @return the headers
   */
  public HttpHeaders last() {
    return hops.get(hops.size() - 1);
  }

  /**
   * A header of the answer that describes the file itself.
   *
   * @param name the header's name, in any case
   * @return its value; empty if the last answer is a redirect
   */
  public Optional<String> last(String name) {
    return status < 300 ? last().firstValue(name) : Optional.empty();
  }
}
