package dev.discern.config;

/** Names of files and folders made from what they hold. */
public final class FileNames {
  private FileNames() {}

  /**
   * A name that every file system takes.
   *
   * @param text any, such as {@code crl(alpha=1.5,beta=1)}
   * @return letters, digits, dots and dashes: {@code crl-alpha-1.5-beta-1-}
   */
  public static String of(String text) {
    return text.replaceAll("[^A-Za-z0-9.]+", "-");
  }
}
