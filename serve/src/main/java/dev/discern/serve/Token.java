package dev.discern.serve;

import dev.discern.failure.InvalidRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The secret that clients send as {@code Authorization: Bearer TOKEN}. Never printed. */
public final class Token {
  // What RFC 6750, section 2.1 allows.
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]+=*");
  private static final String SCHEME = "Bearer ";
  private static final int SHORTEST = 8;

  private final byte[] digest;

  private Token(String secret) {
    this.digest = digest(secret);
  }

  /**
   * Takes a token.
   *
   * @param secret the token; white space around it is dropped
   * @param origin where it comes from, for the message
   * @return the token
   * @throws InvalidRequest if it is shorter than 8 characters, or has others than letters, digits
   *     and {@code ._~+/-=}
   */
  public static Token of(String secret, String origin) {
    String trimmed = secret.strip();
    if (trimmed.length() < SHORTEST || !FORM.matcher(trimmed).matches()) {
      throw new InvalidRequest(
          "The token in "
              + origin
              + " must have at least 8 characters, all of them letters, digits or ._~+/-: write"
              + " another one, for example with 'openssl rand -hex 32'.");
    }
    return new Token(trimmed);
  }

  /**
   * Reads a token from a file.
   *
   * @param file a file that holds nothing else
   * @return the token
   * @throws InvalidRequest if it cannot be read, or {@link #of} refuses its content
   */
  public static Token read(Path file) {
    try {
      return of(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new InvalidRequest(
          "Cannot read the token file " + file + ": check its path and permissions.", e);
    }
  }

  /** Whether a header carries this token. The time taken does not depend on where they differ. */
  boolean isIn(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    String given = authorization.substring(SCHEME.length()).strip();
    return MessageDigest.isEqual(digest, digest(given));
  }

  // Digests have one length, so that not even the token's length shows in the time taken.
  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
