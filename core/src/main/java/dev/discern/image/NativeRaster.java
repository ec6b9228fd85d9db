package dev.discern.image;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

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
    int channels = image.channels();
    long stride = image.step();
    try (BytePointer start = new BytePointer(image.data())) {
      start.position(crop.top() * stride + (long) crop.left() * channels);
      return crop.height() == height && crop.width() == width
          ? copy(start, stride, crop, channels)
          : Scaler.scale(start, stride, crop, channels, height, width, interpolation);
    }
  }

  private static Pixels copy(BytePointer start, long stride, Crop crop, int channels) {
    byte[] data = new byte[crop.height() * crop.width() * channels];
    int row = crop.width() * channels;
    long first = start.position();
    if (stride == row) {
      start.get(data);
    } else {
      for (int y = 0; y < crop.height(); y++) {
        start.position(first + y * stride).get(data, y * row, row);
      }
    }
    return new Pixels(crop.height(), crop.width(), channels, data);
  }

  @Override
  public void close() {
    image.close();
  }
}
