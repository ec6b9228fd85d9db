package dev.discern.view;

import dev.discern.image.Pixels;

/**
 * Rotates every color's hue: torchvision's {@code adjust_hue}. Grayscale images stay as they are.
 *
 * <p>Implementation notes. Pillow stores hue, saturation and value in 8 bits each, so even a shift
 * of 0 loses a little; its rounding depends on the float32 and float64 steps here.
 *
 * @param shift turns of the color circle, in [−0.5, 0.5]
 */
record Hue(double shift) implements Operation {
  private static final int[] SECTOR = new int[256];
  private static final float[] WITHIN_SECTOR = new float[256];

  static {
    for (int hue = 0; hue < 256; hue++) {
      SECTOR[hue] = (int) (hue * 6.0 / 255.0);
      WITHIN_SECTOR[hue] = (float) (hue * 6.0 / 255.0 - SECTOR[hue]);
    }
  }

  @Override
  public Pixels apply(Pixels pixels) {
    if (pixels.channels() == 1) {
      return pixels;
    }
    int steps = (int) (shift * 255);
    byte[] data = pixels.data();
    for (int i = 0; i < data.length; i += 3) {
      turn(data, i, steps);
    }
    return pixels;
  }

  private static void turn(byte[] data, int at, int steps) {
    int red = data[at] & 0xff;
    int green = data[at + 1] & 0xff;
    int blue = data[at + 2] & 0xff;
    int most = Math.max(red, Math.max(green, blue));
    int least = Math.min(red, Math.min(green, blue));
    if (most == least) {
      return;
    }
    int middle = red + green + blue - most - least;
    float below = (most - middle) / (float) (most - least);
    float sixths = (float) sixths(red, green, most, least, below);
    double turns = sixths / 6.0 + 1.0;
    float within = (float) (turns >= 1 ? turns - 1 : turns);
    int hue = (Math.min(255, (int) (within * 255.0)) + steps) & 0xff;
    int saturation = (int) ((most - least) / (float) most * 255.0);
    color(hue, saturation, most, data, at);
  }

  // The largest and the smallest channel determine the sector; how far the third lies below the
  // largest, from 0 to 1, is the position within it.
  private static double sixths(int red, int green, int most, int least, double below) {
    if (red == most) {
      return green == least ? below - 1 : 1 - below;
    }
    if (green == most) {
      return red == least ? 3 - below : 1 + below;
    }
    return red == least ? 3 + below : 5 - below;
  }

  private static void color(int hue, int saturation, int value, byte[] data, int at) {
    float share = (float) (saturation / 255.0);
    float within = WITHIN_SECTOR[hue];
    byte full = (byte) value;
    byte low = rounded(value * (1.0 - share));
    byte falling = rounded(value * (1.0 - share * within));
    byte rising = rounded(value * (1.0 - share * (1.0 - within)));
    switch (SECTOR[hue] % 6) {
      case 0 -> set(data, at, full, rising, low);
      case 1 -> set(data, at, falling, full, low);
      case 2 -> set(data, at, low, full, rising);
      case 3 -> set(data, at, low, falling, full);
      case 4 -> set(data, at, rising, low, full);
      default -> set(data, at, full, low, falling);
    }
  }

  private static byte rounded(double value) {
    return (byte) (value + 0.5);
  }

  private static void set(byte[] data, int at, byte red, byte green, byte blue) {
    data[at] = red;
    data[at + 1] = green;
    data[at + 2] = blue;
  }
}
