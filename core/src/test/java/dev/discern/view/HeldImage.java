package dev.discern.view;

import dev.discern.image.Crop;
import dev.discern.image.Encoded;
import dev.discern.image.Interpolation;
import dev.discern.image.Pixels;
import dev.discern.image.Raster;
import java.util.SplittableRandom;

/** An image in memory. Scales to the nearest pixel, and remembers how it was decoded. */
final class HeldImage implements Encoded {
  private final Pixels pixels;
  private int askedFor;
  private int open;

  HeldImage(Pixels pixels) {
    this.pixels = pixels;
  }

  /** An image of seeded noise. */
  static HeldImage noise(int height, int width, int channels) {
    return new HeldImage(noisePixels(height, width, channels));
  }

  static Pixels noisePixels(int height, int width, int channels) {
    SplittableRandom random = new SplittableRandom(height * 31L + width);
    byte[] data = new byte[height * width * channels];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) random.nextInt(256);
    }
    return new Pixels(height, width, channels, data);
  }

  int askedFor() {
    return askedFor;
  }

  int open() {
    return open;
  }

  @Override
  public Raster decode(int atLeast, int channels) {
    if (channels != pixels.channels()) {
      throw new IllegalArgumentException("This image has " + pixels.channels() + " channels.");
    }
    askedFor = atLeast;
    open++;
    return new Held();
  }

  private final class Held implements Raster {
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
      int channels = pixels.channels();
      byte[] to = new byte[height * width * channels];
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int row = crop.top() + (int) ((y + 0.5) * crop.height() / height);
          int column = crop.left() + (int) ((x + 0.5) * crop.width() / width);
          int from = (row * pixels.width() + column) * channels;
          System.arraycopy(pixels.data(), from, to, (y * width + x) * channels, channels);
        }
      }
      return new Pixels(height, width, channels, to);
    }

    @Override
    public void close() {
      open--;
    }
  }
}
