package dev.discern.image;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/** Pixels outside of the Java heap. */
final class NativeRaster implements Raster {
  private final Mat image;

  private NativeRaster(Mat image) {
    this.image = image;
  }

  /**
   * Takes over an image.
   *
   * @param decoded 8 bits, 1 or 3 channels; owned by the caller's {@code PointerScope}
   * @param channels 1 or 3
   * @return its raster, which outlives the scope
   */
  static NativeRaster of(Mat decoded, int channels) {
    Mat image = decoded;
    if (decoded.channels() != channels) {
      int code = channels == 1 ? opencv_imgproc.COLOR_RGB2GRAY : opencv_imgproc.COLOR_GRAY2RGB;
      image = OpenCv.convert(decoded, code);
    }
    image.retainReference();
    return new NativeRaster(image);
  }

  @Override
  public int height() {
    return image.rows();
  }

  @Override
  public int width() {
    return image.cols();
  }

  @Override
  public Pixels scaled(Crop crop, int height, int width, Interpolation interpolation) {
    Crops.require(crop, this);
    try (PointerScope scope = new PointerScope()) {
      Rect box = new Rect(crop.left(), crop.top(), crop.width(), crop.height());
      Mat part = new Mat(image, box);
      Mat kept = part.isContinuous() ? part : part.clone();
      BytePointer start = kept.data();
      int channels = image.channels();
      if (crop.height() != height || crop.width() != width) {
        return Scaler.scale(start, crop, channels, height, width, interpolation);
      }
      byte[] data = new byte[height * width * channels];
      start.get(data);
      return new Pixels(height, width, channels, data);
    }
  }

  @Override
  public void close() {
    image.close();
  }
}
