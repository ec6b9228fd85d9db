package dev.discern.check;

import dev.discern.image.Crop;
import dev.discern.image.Encoded;
import dev.discern.image.Interpolation;
import dev.discern.image.Pixels;
import dev.discern.image.Raster;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Pictures of random discs, and changes of them. */
final class TestPictures {
  static final int SIDE = 160;

  private TestPictures() {}

  /** A gray picture that its seed alone determines. */
  static Pixels discs(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] data = new byte[SIDE * SIDE];
    for (int disc = 0; disc < 60; disc++) {
      double x = random.nextDouble(SIDE);
      double y = random.nextDouble(SIDE);
      double radius = random.nextDouble(4, 24);
      byte shade = (byte) random.nextInt(256);
      for (int at = 0; at < data.length; at++) {
        int row = at / SIDE;
        if (Math.hypot(at % SIDE - x, row - y) < radius) {
          data[at] = shade;
        }
      }
    }
    return new Pixels(SIDE, SIDE, 1, data);
  }

  static Pixels plain(int height, int width, int shade) {
    byte[] data = new byte[height * width];
    Arrays.fill(data, (byte) shade);
    return new Pixels(height, width, 1, data);
  }

  static Pixels mirrored(Pixels pixels) {
    byte[] data = new byte[pixels.data().length];
    int width = pixels.width();
    for (int at = 0; at < data.length; at++) {
      data[at] = pixels.data()[at / width * width + width - 1 - at % width];
    }
    return new Pixels(pixels.height(), width, 1, data);
  }

  static Pixels scaled(Pixels pixels, Crop crop, int height, int width) {
    try (Raster raster = Encoded.of(pixels).decode(Integer.MAX_VALUE, 1)) {
      return raster.scaled(crop, height, width, Interpolation.BICUBIC);
    }
  }

  static Pixels noisy(Pixels pixels, int most, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] data = new byte[pixels.data().length];
    for (int at = 0; at < data.length; at++) {
      int value = (pixels.data()[at] & 0xff) + random.nextInt(-most, most + 1);
      data[at] = (byte) Math.max(0, Math.min(255, value));
    }
    return new Pixels(pixels.height(), pixels.width(), 1, data);
  }

  static Sketch sketch(Pixels pixels) {
    try (Raster raster = Encoded.of(pixels).decode(Integer.MAX_VALUE, pixels.channels())) {
      return Sketch.of(raster);
    }
  }
}
