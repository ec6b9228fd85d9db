package discern.data;

import discern.config.WorkFailed;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;

/** Loads OpenCV, once and only when an image file is decoded. */
final class OpenCv {
  private OpenCv() {}

  /**
   * Loads the libraries if they are not loaded yet, one thread a call.
   *
   * @throws WorkFailed if this machine can't load them
   */
  static void load() {
    try {
      Loaded.touch();
    } catch (LinkageError e) {
      throw new WorkFailed(
          "OpenCV, which decodes image files, can't be loaded on this machine: "
              + (e.getCause() == null ? e : e.getCause()).getMessage()
              + ". Check that the jar of opencv's native libraries fits the platform.",
          e);
    }
  }

  // A holder class: the JVM runs its initialiser once, whichever thread comes first.
  private static final class Loaded {
    static {
      Loader.load(opencv_core.class);
      Loader.load(opencv_imgproc.class);
      Loader.load(opencv_imgcodecs.class);
      // The loader's own threads work on different images at once; OpenCV's would only compete.
      opencv_core.setNumThreads(1);
    }

    static void touch() {}
  }
}
