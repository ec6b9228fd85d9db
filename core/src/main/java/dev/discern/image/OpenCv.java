package dev.discern.image;

import dev.discern.codec.BadImage;
import dev.discern.torch.Natives;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Wraps OpenCV's part in decoding. Its objects belong to the caller's {@code PointerScope}. */
final class OpenCv {
  private OpenCv() {}

  /** Loads the libraries on first use. */
  private static final class Loaded {
    static {
      Natives.loadOpenCv();
      // Workers decode different images at once; OpenCV's own threads would only compete.
      opencv_core.setNumThreads(1);
    }

    private Loaded() {}

    static void ensure() {}
  }

  /**
   * Loads the libraries if they are not loaded yet.
   *
   * @throws dev.discern.config.WorkFailed if this machine cannot load them
   */
  static void load() {
    Natives.loadOpenCv();
    Loaded.ensure();
  }

  /**
   * Decodes a JPEG, PNG or WebP file.
   *
   * @param file the file
   * @param length the number of its bytes to use
   * @param flags {@code IMREAD_...}
   * @return the pixels as OpenCV orders them
   * @throws BadImage if the decoder rejects the file
   */
  static Mat decode(FileBytes file, int length, int flags) throws BadImage {
    Mat decoded = opencv_imgcodecs.imdecode(file.mat(length), flags);
    if (decoded == null || decoded.empty()) {
      throw BadImage.damaged("its content cannot be decoded");
    }
    return decoded;
  }

  /**
   * Scales by averaging.
   *
   * @param image the image to shrink
   * @param width columns of the result
   * @param height rows of the result
   * @return the image itself if it has that size
   */
  static Mat shrink(Mat image, int width, int height) {
    if (image.cols() == width && image.rows() == height) {
      return image;
    }
    Mat small = new Mat();
    Size size = new Size(width, height);
    opencv_imgproc.resize(image, small, size, 0, 0, opencv_imgproc.INTER_AREA);
    return small;
  }

  /**
   * Converts colors.
   *
   * @param from the image
   * @param code {@code COLOR_...}
   * @return a new image
   */
  static Mat convert(Mat from, int code) {
    Mat to = new Mat();
    opencv_imgproc.cvtColor(from, to, code);
    return to;
  }
}
