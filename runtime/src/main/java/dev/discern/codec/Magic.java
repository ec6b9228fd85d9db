package dev.discern.codec;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The bytes at the start of files of a kind.
 *
 * @param hex two digits per byte; two dots match any byte
 */
record Magic(String hex) {
  /** Several alternatives. */
  static List<Magic> any(String... hex) {
    return Stream.of(hex).map(Magic::new).toList();
  }

  /** Alternatives that differ in text at an offset. */
  static List<Magic> textAt(int offset, String... texts) {
    return Stream.of(texts)
        .map(
            t ->
                new Magic(
                    "..".repeat(offset)
                        + HexFormat.of()
                            .formatHex(t.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))))
        .toList();
  }

  /** Whether a file starts with these bytes. */
  boolean matches(ByteBuffer file) {
    if (file.limit() < hex.length() / 2) {
      return false;
    }
    for (int k = 0; k < hex.length(); k += 2) {
      if (hex.charAt(k) != '.'
          && HexFormat.fromHexDigits(hex, k, k + 2) != (file.get(k / 2) & 0xff)) {
        return false;
      }
    }
    return true;
  }
}
