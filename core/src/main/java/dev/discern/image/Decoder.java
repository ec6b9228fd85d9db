package dev.discern.image;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_RGB;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_GRAYSCALE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;

import dev.discern.codec.BadImage;
import dev.discern.codec.JpegFile;
import dev.discern.codec.Picture;
import dev.discern.codec.PngFile;
import dev.discern.codec.WebpFile;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** Decodes the pixels of a picture whose header was read. */
final class Decoder {
  private Decoder() {}

  /**
   * Decodes.
   *
   * @param picture the header
   * @param file the file that the header was read from
   * @param reduction 1, 2, 4 or 8: the result may, but need not, be this much smaller in both
   *     directions, rounded up
   * @return 8 bits per channel; 1 channel (gray) or 3 (red, green, blue); as stored, before
   *     orientation; owned by the caller's {@code PointerScope}
   * @throws BadImage if the file is truncated, damaged, or an unsupported variant
   */
  static Mat decode(Picture picture, FileBytes file, int reduction) throws BadImage {
    if (picture instanceof JpegFile jpeg) {
      return jpeg(jpeg, file, reduction);
    } else if (picture instanceof PngFile png) {
      return png(png, file);
    } else if (picture instanceof WebpFile webp) {
      return webp(webp, file);
    } else {
      return drawn((Picture.Drawn) picture, file);
    }
  }

  private static Mat jpeg(JpegFile header, FileBytes file, int reduction) throws BadImage {
    header.checkScans(file.view());
    int color = header.components() == 1 ? IMREAD_GRAYSCALE : IMREAD_COLOR_RGB;
    int flags = color | reduced(reduction) | IMREAD_IGNORE_ORIENTATION;
    return OpenCv.decode(file, file.view().capacity(), flags);
  }

  private static int reduced(int reduction) {
    return switch (reduction) {
      case 2 -> IMREAD_REDUCED_GRAYSCALE_2;
      case 4 -> IMREAD_REDUCED_GRAYSCALE_4;
      case 8 -> IMREAD_REDUCED_GRAYSCALE_8;
      default -> 0;
    };
  }

  private static Mat png(PngFile header, FileBytes file) throws BadImage {
    // Color profiles and text cause warnings from the native decoder, and animation frames are not
    // needed.
    int length = PngFile.keepPixels(file.view());
    if (header.plainColor()) {
      return OpenCv.decode(file, length, IMREAD_COLOR_RGB);
    }
    return Flat.rgb(OpenCv.decode(file, length, IMREAD_UNCHANGED), header.greyKey());
  }

  private static Mat webp(WebpFile header, FileBytes file) throws BadImage {
    int length = file.view().capacity();
    return header.alpha() || header.animated()
        ? Flat.rgb(OpenCv.decode(file, length, IMREAD_UNCHANGED), -1)
        : OpenCv.decode(file, length, IMREAD_COLOR_RGB | IMREAD_IGNORE_ORIENTATION);
  }

  private static Mat drawn(Picture.Drawn picture, FileBytes file) throws BadImage {
    int channels = picture.channels();
    Mat image = new Mat(picture.height(), picture.width(), opencv_core.CV_8UC(channels));
    picture.draw(
        file.view(),
        (y, left, samples) -> {
          try (BytePointer to = image.ptr(y)) {
            to.position((long) left * channels).put(samples, 0, samples.length);
          }
        },
        Decoder::segment);
    return image;
  }

  private static byte[] segment(byte[] jpeg, JpegFile header) throws BadImage {
    try (PointerScope scope = new PointerScope()) {
      Mat file = new Mat(1, jpeg.length, opencv_core.CV_8UC1, new BytePointer(jpeg));
      boolean grey = header.components() == 1;
      Mat decoded = opencv_imgcodecs.imdecode(file, grey ? IMREAD_GRAYSCALE : IMREAD_COLOR_RGB);
      if (decoded.cols() != header.width() || decoded.rows() != header.height()) {
        throw BadImage.damaged("its content cannot be decoded");
      }
      byte[] pixels = new byte[header.width() * header.height() * (grey ? 1 : 3)];
      decoded.data().get(pixels);
      return pixels;
    }
  }
}
