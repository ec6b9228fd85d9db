package dev.discern.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a complete file must be.
 *
 * @param size its number of bytes, or -1 if unknown
 * @param checksum the name of what the verifier compares, for messages, such as {@code SHA-256}
 * @param verifier accepts or rejects the content
 */
public record Expected(long size, String checksum, Verifier verifier) {
  /** Says whether a complete file is the right one. */
  @FunctionalInterface
  public interface Verifier {
    /**
     * Reads the content.
     *
     * @param content the whole file; the caller closes it
     * @return true if it is the right file
     * @throws IOException if it cannot be read
     */
    boolean accepts(InputStream content) throws IOException;
  }

  /**
   * A file of unknown size.
   *
   * @param verifier compares a SHA-256
   * @return the expectation
   */
  public static Expected content(Verifier verifier) {
    return new Expected(-1, "SHA-256", verifier);
  }

  /**
   * A file of which only the size is known.
   *
   * @param size its number of bytes, or -1 if even that is unknown
   * @return the expectation
   */
  public static Expected size(long size) {
    return new Expected(size, "size", content -> true);
  }

  /**
   * A file with a SHA-256.
   *
   * @param size its number of bytes, or -1 if unknown
   * @param hex the SHA-256 in lower-case hexadecimal
   * @return the expectation
   */
  public static Expected sha256(long size, String hex) {
    return new Expected(size, "SHA-256", content -> hex(content, digest("SHA-256")).equals(hex));
  }

  /**
   * A file with a name in git: the SHA-1 of the word blob, the size, a zero and the content.
   *
   * @param size its number of bytes, at least 0
   * @param hex the SHA-1 in lower-case hexadecimal
   * @return the expectation
   */
  public static Expected gitBlob(long size, String hex) {
    return new Expected(
        size,
        "git SHA-1",
        content -> {
          MessageDigest digest = digest("SHA-1");
          digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
          return hex(content, digest).equals(hex);
        });
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has " + algorithm + ".", e);
    }
  }

  private static String hex(InputStream content, MessageDigest digest) throws IOException {
    byte[] chunk = new byte[1 << 16];
    for (int n = content.read(chunk); n >= 0; n = content.read(chunk)) {
      digest.update(chunk, 0, n);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
