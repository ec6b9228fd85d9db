package dev.discern.weights;

import dev.discern.config.AtomicFiles;
import dev.discern.config.InvalidConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables that the hub's own client reads.
 *
 * <p>Source: the page "Environment variables" of the documentation of {@code huggingface_hub}.
 *
 * @param endpoint the hub's address, without a slash at the end
 * @param token the user's secret, sent to the endpoint alone
 * @param cache the folder of the cached repositories, which may not exist yet
 * @param offline true if no request may be sent
 */
public record HubEnvironment(String endpoint, Optional<String> token, Path cache, boolean offline) {
  private static final String PUBLIC_ENDPOINT = "https://huggingface.co";
  private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");
  private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+|\\{(\\w+)})");

  /**
   * Reads {@code HF_ENDPOINT}, {@code HF_TOKEN}, {@code HF_TOKEN_PATH}, {@code HF_HOME}, {@code
   * HF_HUB_CACHE}, {@code HF_HUB_OFFLINE}, {@code HF_HUB_DISABLE_IMPLICIT_TOKEN} and {@code
   * XDG_CACHE_HOME}, and the older names that the client still knows.
   *
   * @param variables the process's variables
   * @return what they say
   * @throws InvalidConfig if one of them has an impossible value
   */
  public static HubEnvironment from(Map<String, String> variables) {
    Variables all = new Variables(variables);
    Path home =
        all.path("HF_HOME")
            .orElseGet(() -> all.path("XDG_CACHE_HOME").orElse(userCache()).resolve("huggingface"));
    Path cache =
        all.path("HF_HUB_CACHE")
            .or(() -> all.path("HUGGINGFACE_HUB_CACHE"))
            .orElse(home.resolve("hub"));
    boolean anonymous = all.isTrue("HF_HUB_DISABLE_IMPLICIT_TOKEN");
    return new HubEnvironment(
        endpoint(all.text("HF_ENDPOINT").orElse(PUBLIC_ENDPOINT)),
        anonymous ? Optional.empty() : token(all, home),
        cache.toAbsolutePath().normalize(),
        all.isTrue("HF_HUB_OFFLINE") || all.isTrue("TRANSFORMERS_OFFLINE"));
  }

  private static Path userCache() {
    return Path.of(System.getProperty("user.home"), ".cache");
  }

  private record Variables(Map<String, String> all) {
    Optional<String> text(String name) {
      return Optional.ofNullable(all.get(name)).map(String::strip).filter(v -> !v.isEmpty());
    }

    boolean isTrue(String name) {
      return text(name).map(v -> TRUE.contains(v.toUpperCase(Locale.ROOT))).orElse(false);
    }

    Optional<Path> path(String name) {
      return text(name).map(value -> path(name, expanded(value)));
    }

    // As a shell does: the variables may come from a file that no shell reads.
    private String expanded(String value) {
      String home = System.getProperty("user.home");
      String whole =
          value.equals("~") || value.startsWith("~/") ? home + value.substring(1) : value;
      return VARIABLE
          .matcher(whole)
          .replaceAll(
              found -> {
                String name = found.group(2) == null ? found.group(1) : found.group(2);
                return Matcher.quoteReplacement(all.getOrDefault(name, found.group()));
              });
    }

    private static Path path(String name, String value) {
      try {
        return Path.of(value);
      } catch (InvalidPathException e) {
        throw new InvalidConfig(name + " is '" + value + "', which is not a path.", e);
      }
    }
  }

  private static String endpoint(String given) {
    String trimmed = given.replaceAll("/+$", "");
    try {
      URI uri = URI.create(trimmed);
      boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (isWeb && uri.getHost() != null && uri.getQuery() == null && uri.getUserInfo() == null) {
        return trimmed;
      }
    } catch (IllegalArgumentException e) {
      throw notAnEndpoint(e);
    }
    throw notAnEndpoint(new IllegalArgumentException("no web address"));
  }

  // Without the value: someone may have put a password into it.
  private static InvalidConfig notAnEndpoint(IllegalArgumentException cause) {
    return new InvalidConfig(
        "HF_ENDPOINT is not the address of a hub: set it to an address such as "
            + PUBLIC_ENDPOINT
            + ", without a user name or a query, or unset it.",
        cause);
  }

  private static Optional<String> token(Variables all, Path home) {
    Optional<String> given = all.text("HF_TOKEN").or(() -> all.text("HUGGING_FACE_HUB_TOKEN"));
    if (given.isPresent()) {
      return given.map(token -> checked(token, "HF_TOKEN"));
    }
    Path file = all.path("HF_TOKEN_PATH").orElse(home.resolve("token"));
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file).strip())
          .filter(token -> !token.isEmpty())
          .map(token -> checked(token, "The file " + file));
    } catch (IOException e) {
      throw new InvalidConfig(
          "The file "
              + file
              + ", which holds the token for the hub, cannot be read ("
              + AtomicFiles.reason(e)
              + "): correct it, or set HF_HUB_DISABLE_IMPLICIT_TOKEN=1 to go without.",
          e);
    }
  }

  private static String checked(String token, String origin) {
    if (!TOKEN.matcher(token).matches()) {
      throw new InvalidConfig(
          origin + " is not a token of the hub: it has spaces or characters beyond ASCII.");
    }
    return token;
  }

  /** Everything but the secret. */
  @Override
  public String toString() {
    return endpoint + (token.isPresent() ? " with a token" : "") + ", cache " + cache;
  }
}
