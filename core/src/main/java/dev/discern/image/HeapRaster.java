package dev.discern.image;

import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;

/**
 * Pixels on the Java heap.
 *
 * @param pixels never changed here
 */
record HeapRaster(Pixels pixels) implements Raster {
  @Override
  public int height() {
    return pixels.height();
  }

  @Override
  public int width() {
    return pixels.width();
  }

  @Override
  public Pixels scaled(Crop crop, int height, int width, Interpolation interpolation) {
    Crops.require(crop, this);
    byte[] kept = cropped(crop);
    int channels = pixels.channels();
    if (crop.height() == height && crop.width() == width) {
      return new Pixels(height, width, channels, kept);
    }
    try (BytePointer start = new BytePointer(kept)) {
      return Scaler.scale(start, crop, channels, height, width, interpolation);
    }
  }

  private byte[] cropped(Crop crop) {
    int channels = pixels.channels();
    int from = (crop.top() * pixels.width() + crop.left()) * channels;
    int row = crop.width() * channels;
    if (crop.width() == pixels.width()) {
      return Arrays.copyOfRange(pixels.data(), from, from + crop.height() * row);
    }
    byte[] kept = new byte[crop.height() * row];
    for (int y = 0; y < crop.height(); y++) {
      System.arraycopy(pixels.data(), from + y * pixels.width() * channels, kept, y * row, row);
    }
    return kept;
  }

  @Override
  public void close() {}
}
