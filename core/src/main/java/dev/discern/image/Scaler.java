package dev.discern.image;

import dev.discern.torch.Natives;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InterpolateFuncOptions;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.bytedeco.pytorch.kBicubic;
import org.bytedeco.pytorch.kBilinear;

/**
 * Scales pixels with the engine. Its kernel for bytes whose channels are interleaved follows
 * Pillow's fixed-point algorithm and runs on the calling thread alone.
 */
final class Scaler {
  private Scaler() {}

  /**
   * Scales.
   *
   * @param start the first byte; rows follow each other without gaps, because the engine would copy
   *     anything else with all its threads
   * @param crop rows and columns
   * @param channels interleaved channels
   * @param height rows of the result
   * @param width columns of the result
   * @param interpolation the filter
   * @return new pixels
   */
  static Pixels scale(
      BytePointer start,
      Crop crop,
      int channels,
      int height,
      int width,
      Interpolation interpolation) {
    Natives.load();
    long stride = (long) crop.width() * channels;
    try (PointerScope scope = new PointerScope()) {
      Tensor pixels =
          torch.from_blob(
              start,
              new long[] {1, channels, crop.height(), crop.width()},
              new long[] {stride * crop.height(), 1, stride, channels},
              new TensorOptions(ScalarType.Byte));
      Tensor scaled = torch.interpolate(pixels, options(height, width, interpolation));
      byte[] data = new byte[height * width * channels];
      // One channel comes out in either order of dimensions, which is the same bytes.
      Tensor rows = scaled.permute(0, 2, 3, 1).contiguous();
      new BytePointer(rows.data_ptr()).get(data);
      return new Pixels(height, width, channels, data);
    }
  }

  private static InterpolateFuncOptions options(int height, int width, Interpolation filter) {
    InterpolateFuncOptions options = new InterpolateFuncOptions();
    options.size().put(new LongVector((long) height, width));
    options.antialias().put(true);
    options.align_corners().put(false);
    switch (filter) {
      case BILINEAR -> options.mode().put(new kBilinear());
      case BICUBIC -> options.mode().put(new kBicubic());
    }
    return options;
  }
}
