package dev.discern.serve;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What answers a path.
 *
 * @param method {@code GET}, which includes {@code HEAD}, or {@code POST}
 * @param template the path, in which {@code {model}} is the name of a model
 * @param path what the template matches
 * @param isOpen whether no token is needed
 * @param endpoint what answers
 */
record Route(String method, String template, Pattern path, boolean isOpen, Endpoint endpoint) {
  private static final String MODEL = "{model}";

  /** Answers calls. */
  interface Endpoint {
    /**
     * Answers, or fails with an {@link HttpFailure}, at once or later.
     *
     * @throws HttpFailure if the request is wrong
     */
    CompletionStage<Reply> answer(Call call);
  }

  static Route get(String template, Endpoint endpoint) {
    return new Route("GET", template, pattern(template), false, endpoint);
  }

  static Route post(String template, Endpoint endpoint) {
    return new Route("POST", template, pattern(template), false, endpoint);
  }

  /** The same, without a token. */
  Route open() {
    return new Route(method, template, path, true, endpoint);
  }

  private static Pattern pattern(String template) {
    int at = template.indexOf(MODEL);
    return at < 0
        ? Pattern.compile(Pattern.quote(template))
        : Pattern.compile(
            Pattern.quote(template.substring(0, at))
                + "([^/:]+)"
                + Pattern.quote(template.substring(at + MODEL.length())));
  }

  /** The model in a path, empty if it has none; or nothing if the route does not match. */
  Optional<String> modelIn(String requested) {
    Matcher matcher = path.matcher(requested);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(matcher.groupCount() == 0 ? "" : matcher.group(1));
  }

  boolean takes(String requested) {
    return method.equals(requested) || (method.equals("GET") && requested.equals("HEAD"));
  }

  boolean takesBody() {
    return method.equals("POST");
  }
}
