package dev.discern.config;

/** Creates names of files and folders from their content. */
public final class FileNames {
  private FileNames() {}

  /**
   * A name that every file system accepts.
   *
   * @param text any text, such as {@code crl(alpha=1.5,beta=1)}
   * @return letters, digits, dots and dashes: {@code crl-alpha-1.5-beta-1-}
   */
  public static String of(String text) {
    return text.replaceAll("[^A-Za-z0-9.]+", "-");
  }
}
