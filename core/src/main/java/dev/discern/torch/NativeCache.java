package dev.discern.torch;

import dev.discern.config.AtomicFiles;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;

/**
 * The folder into which the native libraries are unpacked: the one that JavaCPP's system property
 * names, else the one below {@code DISCERN_CACHE}, else {@code ~/.javacpp/cache}.
 */
final class NativeCache {
  private static final String VARIABLE = "DISCERN_CACHE";
  private static final String PROPERTY = "org.bytedeco.javacpp.cachedir";
  private static final boolean BY_PROPERTY = System.getProperty(PROPERTY) != null;

  private NativeCache() {}

  /**
   * Creates the requested folder, if any, and makes JavaCPP use it. By itself, JavaCPP silently
   * uses another folder if it cannot use the first; half a gigabyte belongs in the folder that the
   * user named, or nowhere.
   *
   * @throws WorkFailed if it is not writable
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

  /** Why a folder cannot hold the libraries; empty if it can. It is created if necessary. */
  static String obstacle(Path folder) {
    try {
      Files.createDirectories(folder);
      return Files.isWritable(folder) ? "" : "it is not writable";
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

  /** The folder that is in use. */
  static String folder() {
    try {
      return Loader.getCacheDir().getPath();
    } catch (IOException e) {
      return "JavaCPP's cache";
    }
  }
}
