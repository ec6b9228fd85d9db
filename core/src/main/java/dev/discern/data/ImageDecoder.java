package dev.discern.data;

import static org.bytedeco.opencv.global.opencv_core.CMP_EQ;
import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import dev.discern.config.AtomicFiles;
import dev.discern.config.WorkFailed;
import dev.discern.image.ImageShape;
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
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Decodes PNG and JPEG files of any size to one shape: scaled so that the shape is just covered,
 * then cropped to its centre.
 *
 * <p>Every image becomes 8-bit RGB first: grey and palette images are expanded, 16-bit ones scaled,
 * transparent ones laid on white, EXIF orientation applied. A shape of one channel then takes the
 * luma (ITU-R BT.601). CMYK is refused.
 */
public final class ImageDecoder {
  private static final long MAX_BYTES = 1L << 28;
  // Enough for any file's magic bytes.
  private static final int MAGIC = 16;

  private ImageDecoder() {}

  /**
   * Decodes a file. Safe to call from several threads.
   *
   * @param file a PNG or JPEG file, told apart by content
   * @param shape the shape wanted
   * @return {@code shape.volume()} unsigned bytes, {@code [C, H, W]}; channels red, green, blue
   * @throws WorkFailed if the file is missing, cut, damaged, or no PNG or JPEG that is read here
   */
  public static byte[] decode(Path file, ImageShape shape) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new BadImage("is larger than " + (MAX_BYTES >> 20) + " MB. Scale it down");
      }
      return decode(EncodedImage.of(Files.readAllBytes(file)), shape);
    } catch (BadImage e) {
      throw new WorkFailed("The image " + file + " " + e.getMessage() + ".", e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Checks a file's first bytes only: that it can be read, and starts as PNG or JPEG. */
  static void requireKnownKind(Path file) {
    try (var in = Files.newInputStream(file)) {
      EncodedImage.requireKnownKind(in.readNBytes(MAGIC));
    } catch (BadImage e) {
      throw new WorkFailed("The image " + file + " " + e.getMessage() + ".", e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static WorkFailed unreadable(Path file, IOException e) {
    return new WorkFailed(
        "The image " + file + " can't be read: " + AtomicFiles.reason(e) + ".", e);
  }

  private static byte[] decode(EncodedImage image, ImageShape shape) throws BadImage {
    OpenCv.load();
    try (PointerScope scope = new PointerScope()) {
      Mat bgr = image.jpeg() ? decodeJpeg(image, shape) : decodePng(image);
      Mat fitted = fit(bgr, shape);
      return shape.channels() == 1 ? grey(fitted) : planes(fitted);
    } catch (RuntimeException e) {
      // JavaCPP turns every C++ exception into one.
      throw new BadImage("can't be decoded (" + e.getMessage() + "). Save it again");
    }
  }

  private static Mat decodeJpeg(EncodedImage image, ImageShape shape) throws BadImage {
    // The decoder's own scaling skips most of the work; both sides stay as large as needed.
    int spare = Math.min(image.width(), image.height()) / Math.max(shape.width(), shape.height());
    int flags =
        spare >= 8
            ? opencv_imgcodecs.IMREAD_REDUCED_COLOR_8
            : spare >= 4
                ? opencv_imgcodecs.IMREAD_REDUCED_COLOR_4
                : spare >= 2
                    ? opencv_imgcodecs.IMREAD_REDUCED_COLOR_2
                    : opencv_imgcodecs.IMREAD_COLOR;
    return imdecode(image, flags);
  }

  private static Mat decodePng(EncodedImage image) throws BadImage {
    Mat raw = imdecode(image, opencv_imgcodecs.IMREAD_UNCHANGED);
    if (image.greyKey() >= 0 && raw.channels() == 1) {
      whiten(raw, image.greyKey());
    }
    if (raw.depth() == CV_16U) {
      Mat narrow = new Mat();
      raw.convertTo(narrow, CV_8U, 1 / 257.0, 0);
      raw = narrow;
    }
    return switch (raw.channels()) {
      case 1 -> converted(raw, opencv_imgproc.COLOR_GRAY2BGR);
      case 3 -> raw;
      case 4 -> onWhite(raw);
      default -> throw new BadImage("has " + raw.channels() + " channels. Convert it to RGB");
    };
  }

  private static Mat imdecode(EncodedImage image, int flags) throws BadImage {
    BytePointer bytes = new BytePointer(image.bytes());
    Mat file = new Mat(1, image.bytes().length, CV_8UC1, bytes);
    Mat decoded = opencv_imgcodecs.imdecode(file, flags);
    if (decoded == null || decoded.empty()) {
      throw new BadImage("can't be decoded: its content is damaged. Fetch it again, or remove it");
    }
    return decoded;
  }

  private static void whiten(Mat grey, int key) {
    Mat mask = new Mat();
    Mat keys = new Mat(grey.size(), grey.type(), Scalar.all(key));
    opencv_core.compare(grey, keys, mask, CMP_EQ);
    int white = grey.depth() == CV_16U ? 0xffff : 0xff;
    new Mat(grey.size(), grey.type(), Scalar.all(white)).copyTo(grey, mask);
  }

  private static Mat onWhite(Mat bgra) {
    byte[] from = bytes(bgra);
    byte[] to = new byte[from.length / 4 * 3];
    for (int in = 0, out = 0; in < from.length; in += 4) {
      int alpha = from[in + 3] & 0xff;
      for (int c = 0; c < 3; c++) {
        int ink = (255 - (from[in + c] & 0xff)) * alpha;
        to[out++] = (byte) (255 - (ink + 127) / 255);
      }
    }
    Mat flat = new Mat(bgra.rows(), bgra.cols(), CV_8UC3);
    flat.data().put(to);
    return flat;
  }

  // Crops before scaling: a strip of 10 x 10,000 pixels never becomes a giant in between.
  private static Mat fit(Mat image, ImageShape shape) {
    double scale =
        Math.max((double) shape.width() / image.cols(), (double) shape.height() / image.rows());
    int width = clamp(Math.round(shape.width() / scale), image.cols());
    int height = clamp(Math.round(shape.height() / scale), image.rows());
    Rect centre = new Rect((image.cols() - width) / 2, (image.rows() - height) / 2, width, height);
    Mat fitted = new Mat();
    opencv_imgproc.resize(
        new Mat(image, centre),
        fitted,
        new Size(shape.width(), shape.height()),
        0,
        0,
        scale < 1 ? opencv_imgproc.INTER_AREA : opencv_imgproc.INTER_LINEAR);
    return fitted;
  }

  private static int clamp(long side, int available) {
    return (int) Math.max(1, Math.min(side, available));
  }

  private static byte[] grey(Mat bgr) {
    return bytes(converted(bgr, opencv_imgproc.COLOR_BGR2GRAY));
  }

  private static byte[] planes(Mat bgr) {
    byte[] from = bytes(bgr);
    int plane = from.length / 3;
    byte[] to = new byte[from.length];
    for (int p = 0, in = 0; p < plane; p++, in += 3) {
      to[p] = from[in + 2];
      to[plane + p] = from[in + 1];
      to[2 * plane + p] = from[in];
    }
    return to;
  }

  private static Mat converted(Mat from, int code) {
    Mat to = new Mat();
    opencv_imgproc.cvtColor(from, to, code);
    return to;
  }

  private static byte[] bytes(Mat image) {
    Mat whole = image.isContinuous() ? image : image.clone();
    byte[] bytes = new byte[Math.toIntExact(whole.total() * whole.channels())];
    whole.data().get(bytes);
    return bytes;
  }
}
