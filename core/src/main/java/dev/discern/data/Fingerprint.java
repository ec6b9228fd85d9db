package dev.discern.data;

import dev.discern.config.Task;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/** A hash that is equal for two runs if they use the same data in the same split. */
public final class Fingerprint {
  private Fingerprint() {}

  /**
   * Hashes shape, class names, and each part's labels and images in order. Images count by their
   * pixels; those of a folder by their path in it and their length in bytes.
   *
   * @param split the data
   * @return SHA-256, 64 hexadecimal digits
   */
  public static String of(Split split) {
    return of(split, Map.of());
  }

  /**
   * Hashes a split as it was before some of its files were replaced.
   *
   * @param split the data
   * @param before the identity of each replaced image, by its name in the set
   * @return SHA-256, 64 hexadecimal digits
   */
  public static String of(Split split, Map<String, byte[]> before) {
    MessageDigest digest = Sha256.digest();
    Sha256.add(digest, split.shape().toString());
    Sha256.add(digest, split.classNames().size());
    split.classNames().forEach(name -> Sha256.add(digest, name));
    for (ImageSet part : List.of(split.train(), split.validation(), split.test())) {
      Sha256.add(digest, part.size());
      for (int i = 0; i < part.size(); i++) {
        byte[] identity = identity(part, i, before);
        addLabels(digest, part, i);
        Sha256.add(digest, identity);
      }
    }
    return Sha256.hex(digest);
  }

  private static byte[] identity(ImageSet part, int i, Map<String, byte[]> before) {
    byte[] replaced = before.isEmpty() ? null : before.get(part.describe(i));
    return replaced == null ? part.identity(i) : replaced;
  }

  private static void addLabels(MessageDigest digest, ImageSet part, int i) {
    int[] labels = part.labels(i);
    if (part.task() == Task.MANY_LABELS) {
      Sha256.add(digest, labels.length);
    }
    for (int label : labels) {
      Sha256.add(digest, label);
    }
  }
}
