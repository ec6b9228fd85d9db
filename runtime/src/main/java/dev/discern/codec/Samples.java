package dev.discern.codec;

/** Conversions of samples to 8 bits without transparency. */
public final class Samples {
  private static final int WHITE = 255;

  private Samples() {}

  /**
   * Scales a 16-bit sample to 8 bits.
   *
   * @param value 0 to 65535, which becomes 255
   * @return 0 to 255
   */
  public static int narrow(int value) {
    return (value + 128) / 257;
  }

  /**
   * Composites a sample on white.
   *
   * @param value 0 to {@code opaque}
   * @param alpha 0 to {@code opaque}
   * @param opaque 255 or 65535
   * @return 0 to 255
   */
  public static int onWhite(int value, int alpha, int opaque) {
    long ink = (long) (opaque - value) * alpha;
    long full = (long) opaque * opaque;
    return WHITE - (int) ((WHITE * ink + full / 2) / full);
  }
}
