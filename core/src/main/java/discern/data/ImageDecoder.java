package discern.data;

import discern.config.AtomicFiles;
import discern.config.WorkFailed;
import discern.torch.Natives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/** PNG and JPEG files to pixels of a given shape. */
public final class ImageDecoder {

  private ImageDecoder() {}

  // Loaded on first use, and only where image files are read.
  private static final class Library {
    static {
      Natives.load();
      // The loader's threads are the parallelism; OpenCV's own would fight with the engine's.
      opencv_core.setNumThreads(1);
    }

    static void load() {}
  }

  /**
   * Decodes a file, scales its shorter side to fit and cuts the centre out.
   *
   * <p>16 bits a sample are reduced to 8, transparency is laid on white, the camera's orientation
   * is applied, colours become grey for one channel and grey becomes colours for three.
   *
   * @param file a PNG or JPEG file, by content
   * @param shape of the result
   * @return {@code [C, H, W]} as unsigned bytes; channels red, green, blue
   * @throws WorkFailed if the file is missing, damaged, CMYK or of another kind
   */
  public static byte[] decode(Path file, ImageShape shape) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      String reason = Files.exists(file) ? AtomicFiles.reason(e) : "it does not exist";
      throw ImageHeader.refused(file, reason);
    }
    ImageHeader header = ImageHeader.read(file, bytes);
    Library.load();
    try (PointerScope scope = new PointerScope()) {
      Mat decoded = decode(file, bytes, header, shape);
      return planes(fitted(decoded, shape), shape);
    }
  }

  /**
   * Whether image files can be read here.
   *
   * @return a few words
   */
  public static String selfTest() {
    Library.load();
    return "PNG and JPEG by OpenCV " + Natives.versions().get("opencv");
  }

  private static Mat decode(Path file, byte[] bytes, ImageHeader header, ImageShape shape) {
    Mat encoded = new Mat(1, bytes.length, opencv_core.CV_8UC1, new BytePointer(bytes));
    Mat decoded;
    try {
      decoded = opencv_imgcodecs.imdecode(encoded, flags(header, shape));
    } catch (RuntimeException e) {
      throw ImageHeader.refused(file, "it can't be decoded");
    }
    if (decoded == null || decoded.empty()) {
      throw ImageHeader.refused(file, "it can't be decoded");
    }
    return header.alpha() ? onWhite(eightBits(decoded)) : decoded;
  }

  // A large JPEG is decoded at a half, a quarter or an eighth where that is still large enough.
  private static int flags(ImageHeader header, ImageShape shape) {
    if (header.alpha()) {
      return opencv_imgcodecs.IMREAD_UNCHANGED;
    }
    int room = Math.min(header.height() / shape.height(), header.width() / shape.width());
    if (!header.jpeg() || room < 2) {
      return opencv_imgcodecs.IMREAD_COLOR;
    }
    return room >= 8
        ? opencv_imgcodecs.IMREAD_REDUCED_COLOR_8
        : room >= 4
            ? opencv_imgcodecs.IMREAD_REDUCED_COLOR_4
            : opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
  }

  private static Mat eightBits(Mat image) {
    if (image.depth() == opencv_core.CV_8U) {
      return image;
    }
    Mat reduced = new Mat();
    image.convertTo(reduced, opencv_core.CV_8U, 1 / 257.0, 0);
    return reduced;
  }

  private static Mat onWhite(Mat image) {
    if (image.channels() != 4) {
      Mat colour = new Mat();
      if (image.channels() == 1) {
        opencv_imgproc.cvtColor(image, colour, opencv_imgproc.COLOR_GRAY2BGR);
        return colour;
      }
      return image;
    }
    byte[] bgra = new byte[image.rows() * image.cols() * 4];
    image.data().get(bgra);
    byte[] bgr = new byte[image.rows() * image.cols() * 3];
    for (int p = 0; p < bgr.length / 3; p++) {
      int alpha = bgra[p * 4 + 3] & 0xff;
      for (int c = 0; c < 3; c++) {
        int value = bgra[p * 4 + c] & 0xff;
        bgr[p * 3 + c] = (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
      }
    }
    Mat result = new Mat(image.rows(), image.cols(), opencv_core.CV_8UC3);
    result.data().put(bgr);
    return result;
  }

  private static Mat fitted(Mat image, ImageShape shape) {
    double scale =
        Math.max((double) shape.height() / image.rows(), (double) shape.width() / image.cols());
    int height = Math.max(shape.height(), (int) Math.round(image.rows() * scale));
    int width = Math.max(shape.width(), (int) Math.round(image.cols() * scale));
    Mat scaled = new Mat();
    int method = scale < 1 ? opencv_imgproc.INTER_AREA : opencv_imgproc.INTER_LINEAR;
    opencv_imgproc.resize(image, scaled, new Size(width, height), 0, 0, method);
    Rect centre =
        new Rect(
            (width - shape.width()) / 2,
            (height - shape.height()) / 2,
            shape.width(),
            shape.height());
    return scaled.apply(centre).clone();
  }

  private static byte[] planes(Mat bgr, ImageShape shape) {
    Mat image = bgr;
    if (shape.channels() == 1) {
      image = new Mat();
      opencv_imgproc.cvtColor(bgr, image, opencv_imgproc.COLOR_BGR2GRAY);
    }
    byte[] pixels = new byte[shape.size()];
    image.data().get(pixels);
    if (shape.channels() == 1) {
      return pixels;
    }
    int plane = shape.height() * shape.width();
    byte[] planes = new byte[pixels.length];
    for (int p = 0; p < plane; p++) {
      for (int c = 0; c < 3; c++) {
        planes[(2 - c) * plane + p] = pixels[p * 3 + c];
      }
    }
    return planes;
  }
}
