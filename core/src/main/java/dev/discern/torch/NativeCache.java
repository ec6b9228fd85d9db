package dev.discern.torch;

import dev.discern.config.AtomicFiles;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;

/**
 * The folder into which the native libraries are unpacked: the one below {@code DISCERN_CACHE},
 * else JavaCPP's ({@code ~/.javacpp/cache}, or what its system property names, which comes before
 * both).
 */
final class NativeCache {
  private static final String VARIABLE = "DISCERN_CACHE";
  private static final String PROPERTY = "org.bytedeco.javacpp.cachedir";
  private static final boolean BY_PROPERTY = System.getProperty(PROPERTY) != null;

  private NativeCache() {}

  /**
   * Makes the folder that was asked for, if any, and has JavaCPP use it. JavaCPP by itself looks
   * for another folder without a word where it cannot use the first; half a gigabyte belongs where
   * the user said, or nowhere.
   *
   * @throws WorkFailed if it cannot be written
   */
  static void require() {
    String asked = System.getenv().getOrDefault(VARIABLE, "");
    if (BY_PROPERTY || asked.isBlank()) {
      return;
    }
    Path folder = Path.of(asked, "natives").toAbsolutePath();
    System.setProperty(PROPERTY, folder.toString());
    String reason = obstacle(folder);
    if (!reason.isEmpty()) {
      throw new WorkFailed(
          "The native libraries cannot be unpacked into "
              + folder
              + " ("
              + reason
              + "): "
              + advice());
    }
  }

  /** Why a folder cannot hold the libraries; empty if it can. It is made if need be. */
  static String obstacle(Path folder) {
    try {
      Files.createDirectories(folder);
      return Files.isWritable(folder) ? "" : "it cannot be written";
    } catch (IOException e) {
      return AtomicFiles.reason(e);
    }
  }

  /** How to choose another folder, as the end of a sentence. */
  static String advice() {
    return "name another folder in the "
        + (BY_PROPERTY ? "system property " + PROPERTY : "environment variable " + VARIABLE)
        + ".";
  }

  /** The folder in use. */
  static String folder() {
    try {
      return Loader.getCacheDir().getPath();
    } catch (IOException e) {
      return "JavaCPP's cache";
    }
  }
}
