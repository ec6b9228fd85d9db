package discern.torch;

import discern.config.AtomicFiles;
import discern.config.WorkFailed;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;

/**
 * Loads the engine's native libraries, once.
 *
 * <p>All of them are unpacked before any is loaded. JavaCPP by itself unpacks one, loads it, and
 * goes on; a library loaded so finds those it needs not yet beside it, and where the system has
 * another libtorch (Debian's {@code libtorch-dev}) takes that: half of each, and the JVM dies.
 */
public final class Natives {
  private Natives() {}

  // A class initialiser runs once, and other threads wait for it.
  private static final class Loaded {
    static {
      unpack();
      try {
        Loader.load(torch.class);
      } catch (UnsatisfiedLinkError e) {
        throw new WorkFailed(
            "The engine's native libraries can't be loaded on "
                + Loader.getPlatform()
                + " ("
                + e.getMessage()
                + "): './discern doctor --debug' tells more.",
            e);
      }
    }

    static void load() {}
  }

  /**
   * Loads the engine if it is not loaded yet.
   *
   * @throws WorkFailed if it can't be unpacked or loaded
   */
  public static void load() {
    try {
      Loaded.load();
    } catch (ExceptionInInitializerError e) {
      if (e.getCause() instanceof WorkFailed failure) {
        throw failure;
      }
      throw e;
    }
  }

  private static void unpack() {
    String platform = Loader.getPlatform();
    for (Class<?> library : new Class<?>[] {openblas.class, torch.class}) {
      String name = library.getSimpleName().equals("torch") ? "pytorch" : "openblas";
      String folder = "/org/bytedeco/" + name + "/" + platform + "/";
      URL resource = library.getResource(folder);
      if (resource == null) {
        throw new WorkFailed(
            "This build has no native libraries of "
                + name
                + " for "
                + platform
                + ": build it on the machine that it is to run on.");
      }
      try {
        Loader.cacheResource(resource);
      } catch (IOException e) {
        throw new WorkFailed(
            "Could not unpack the engine's native libraries below the cache folder ("
                + AtomicFiles.reason(e)
                + "): make room, or name another folder with"
                + " -Dorg.bytedeco.javacpp.cachedir=DIR.",
            e);
      }
    }
  }

  /**
   * The versions of the engine.
   *
   * @return version by library
   */
  public static Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    for (String name : new String[] {"javacpp", "openblas", "pytorch", "opencv"}) {
      Properties properties = new Properties();
      String resource = "/META-INF/maven/org.bytedeco/" + name + "/pom.properties";
      try (InputStream in = torch.class.getResourceAsStream(resource)) {
        if (in != null) {
          properties.load(in);
        }
      } catch (IOException e) {
        continue;
      }
      versions.put(name, properties.getProperty("version", "unknown"));
    }
    return versions;
  }
}
