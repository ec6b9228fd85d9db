package dev.discern.data;

import dev.discern.torch.Natives;
import org.bytedeco.opencv.global.opencv_core;

/** Loads OpenCV, once and only when an image file is decoded. */
final class OpenCv {
  private OpenCv() {}

  /**
   * Loads the libraries if they are not loaded yet.
   *
   * @throws dev.discern.config.WorkFailed if this machine can't load them
   */
  static void load() {
    Natives.loadOpenCv();
    // The loader's own threads work on different images at once; OpenCV's would only compete.
    opencv_core.setNumThreads(1);
  }
}
