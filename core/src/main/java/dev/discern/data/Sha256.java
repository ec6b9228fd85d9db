package dev.discern.data;

import dev.discern.config.Internal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** SHA-256 in lower-case hexadecimal. */
@Internal
public final class Sha256 {
  private Sha256() {}

  /**
   * A fresh digest.
   *
   * @return of nothing yet
   */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256.", e);
    }
  }

  /**
   * Finishes a digest.
   *
   * @param digest what was added
   * @return 64 digits
   */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Adds text, in UTF-8, as {@link #add(MessageDigest, byte[])} adds bytes.
   *
   * @param digest receives it
   * @param text the text
   */
  public static void add(MessageDigest digest, String text) {
    add(digest, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Adds bytes after their length, so that different sequences never concatenate to the same bytes.
   *
   * @param digest receives them
   * @param bytes the bytes
   */
  public static void add(MessageDigest digest, byte[] bytes) {
    add(digest, bytes.length);
    digest.update(bytes);
  }

  /**
   * Adds a number.
   *
   * @param digest receives it
   * @param number the number
   */
  public static void add(MessageDigest digest, int number) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }

  /**
   * Hashes what a gzip file holds, so that files packed in different ways compare equal. Closes the
   * stream.
   */
  static String ofGunzipped(InputStream packed) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = new GZIPInputStream(packed, 1 << 16)) {
      byte[] chunk = new byte[1 << 16];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
      }
    }
    return hex(digest);
  }
}
