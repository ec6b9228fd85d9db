package dev.discern.torch;

import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.bytedeco.javacpp.ClassProperties;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Loads the native libraries: the engine's (libtorch) and the image decoder's (OpenCV).
 *
 * <p>JavaCPP unpacks and loads libraries one by one. {@code libtorch.so} asks the linker for {@code
 * libtorch_cpu.so}; if that is not unpacked yet, the linker takes another version from the system,
 * and the process crashes. Therefore, every library is unpacked before the first is loaded, and
 * they are loaded in the order in which they need each other.
 */
public final class Natives {
  private static volatile boolean engineLoaded;
  private static volatile boolean openCvLoaded;

  /** The reason that loading failed. A class that failed to load stays unusable in this process. */
  private static @Nullable String broken;

  private Natives() {}

  /**
   * Loads the engine if it is not loaded yet. Safe from any thread; after the first time, the cost
   * is a volatile read. The first time takes about a second, or 3 s if the libraries (460 MB) have
   * to be unpacked.
   *
   * @throws WorkFailed if the libraries cannot be unpacked or loaded
   */
  public static void load() {
    if (!engineLoaded) {
      loadEngine();
    }
  }

  /**
   * Loads the engine and then OpenCV's core, image processing and image codecs, if they are not
   * loaded yet.
   *
   * @throws WorkFailed if the libraries cannot be unpacked or loaded
   */
  public static void loadOpenCv() {
    if (!openCvLoaded) {
      loadImageDecoder();
    }
  }

  private static synchronized void loadEngine() {
    if (engineLoaded) {
      return;
    }
    attempt(torch.class, Natives::loadTorch);
    engineLoaded = true;
  }

  private static synchronized void loadImageDecoder() {
    if (openCvLoaded) {
      return;
    }
    loadEngine();
    attempt(
        opencv_imgcodecs.class,
        () -> {
          Loader.load(opencv_core.class);
          Loader.load(opencv_imgproc.class);
          Loader.load(opencv_imgcodecs.class);
        });
    openCvLoaded = true;
  }

  private static void attempt(Class<?> preset, Runnable loading) {
    if (broken != null) {
      throw new WorkFailed(broken);
    }
    NativeCache.require();
    NativeSettings.beforeLoading();
    unpack(preset);
    try {
      loading.run();
    } catch (LinkageError e) {
      WorkFailed failure = unloadable(preset, e);
      broken = failure.getMessage();
      throw failure;
    }
  }

  private static void unpack(Class<?> preset) {
    try {
      for (URL file : NativeFiles.of(preset).values()) {
        Loader.cacheResource(file);
      }
    } catch (IOException e) {
      throw new WorkFailed(
          "The native libraries could not be unpacked into "
              + NativeCache.folder()
              + " ("
              + reason(e)
              + "): free 500 MB there, or "
              + NativeCache.advice(),
          e);
    }
  }

  private static void loadTorch() {
    Loader.load(openblas.class);
    NativeSettings.afterLoading();
    if (Loader.getPlatform().startsWith("linux")) {
      // An LD_LIBRARY_PATH with another libtorch takes precedence over the libraries' own folder,
      // unless their dependencies are loaded already.
      ClassProperties properties =
          Loader.loadProperties(torch.class, Loader.loadProperties(), true);
      for (String library : new String[] {"gomp@.1", "c10", "torch_cpu"}) {
        loadEarly(properties, library);
      }
    }
    Loader.load(torch.class);
  }

  private static void loadEarly(ClassProperties properties, String library) {
    try {
      Loader.loadLibrary(
          torch.class, Loader.findLibrary(torch.class, properties, library), library);
    } catch (UnsatisfiedLinkError e) {
      // The CUDA build needs more libraries first; JavaCPP's own order, which follows, has them.
      return;
    }
  }

  private static WorkFailed unloadable(Class<?> preset, LinkageError error) {
    if (NativeFiles.of(preset).isEmpty()) {
      return new WorkFailed(
          "The class path has no native libraries for "
              + Loader.getPlatform()
              + ". Add the jars of org.bytedeco's javacpp, openblas, pytorch and opencv whose"
              + " classifier is this platform.",
          error);
    }
    return new WorkFailed(
        "The native libraries in "
            + NativeCache.folder()
            + " could not be loaded ("
            + reason(error)
            + "). The disk may forbid programs to run from it (noexec), or a file there is damaged:"
            + " "
            + NativeCache.advice(),
        error);
  }

  /** The innermost cause names the file and the linker's error. */
  private static String reason(Throwable error) {
    Throwable innermost = error;
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      innermost = cause;
    }
    String message = String.valueOf(innermost.getMessage());
    return message.lines().findFirst().orElse(message);
  }

  /**
   * The versions of the libraries.
   *
   * @return version by library, in the order of their names
   */
  public static Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    for (String name : new String[] {"javacpp", "openblas", "opencv", "pytorch"}) {
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
