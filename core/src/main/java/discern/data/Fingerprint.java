package discern.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A hash of everything that a run learns from and is measured on. */
public final class Fingerprint {
  private Fingerprint() {}

  /**
   * Hashes a split: shape, classes, and of every image its part, name, label and pixels.
   *
   * @param split which
   * @return SHA-256, in hexadecimal
   */
  public static String of(Split split) {
    MessageDigest digest = sha256();
    digest.update(split.shape().toString().getBytes(StandardCharsets.UTF_8));
    split
        .classNames()
        .forEach(name -> digest.update((name + "\n").getBytes(StandardCharsets.UTF_8)));
    byte[] pixels = new byte[split.shape().size()];
    for (ImageSet part : List.of(split.train(), split.validation(), split.test())) {
      digest.update(ByteBuffer.allocate(4).putInt(part.size()).array());
      for (int i = 0; i < part.size(); i++) {
        part.read(i, pixels, 0);
        digest.update(ByteBuffer.allocate(4).putInt(part.label(i)).array());
        digest.update(part.describe(i).getBytes(StandardCharsets.UTF_8));
        digest.update(pixels);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A fresh SHA-256, which every Java has. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
