package dev.discern.codec;

import dev.discern.scale.Bitmap;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

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

  /**
   * Copies Java's image: without transparency, and without the conversion of gray levels that
   * {@link BufferedImage#getRGB} does.
   *
   * @param image an image of any type
   * @return 1 channel for gray without a palette, else red, green, blue
   */
  public static Bitmap bitmap(BufferedImage image) {
    return bitmap(image, -1);
  }

  /** The same for a gray level that is transparent; -1 for none. */
  static Bitmap bitmap(BufferedImage image, int greyKey) {
    ColorModel colors = image.getColorModel();
    if (colors instanceof IndexColorModel palette) {
      return indexed(image, palette, greyKey);
    }
    if (isPlain(image.getRaster(), colors)) {
      return interleaved(image.getRaster(), greyKey);
    }
    boolean known =
        colors instanceof ComponentColorModel
            && !colors.isAlphaPremultiplied()
            && (colors.getColorSpace().isCS_sRGB()
                || colors.getColorSpace().getType() == ColorSpace.TYPE_GRAY);
    return known ? components(image.getRaster(), colors, greyKey) : converted(image);
  }

  private static boolean isPlain(Raster raster, ColorModel colors) {
    int bands = raster.getNumBands();
    return !colors.hasAlpha()
        && (bands == 1 || bands == 3)
        && colors.getColorSpace().getNumComponents() == bands
        && raster.getDataBuffer() instanceof DataBufferByte data
        && data.getNumBanks() == 1
        && raster.getSampleModel() instanceof ComponentSampleModel
        && colors.getComponentSize(0) == 8
        && (bands == 1 || colors.getColorSpace().isCS_sRGB());
  }

  private static Bitmap interleaved(Raster raster, int greyKey) {
    ComponentSampleModel model = (ComponentSampleModel) raster.getSampleModel();
    byte[] from = ((DataBufferByte) raster.getDataBuffer()).getData();
    int bands = raster.getNumBands();
    int start =
        raster.getDataBuffer().getOffset()
            - raster.getSampleModelTranslateX() * model.getPixelStride()
            - raster.getSampleModelTranslateY() * model.getScanlineStride();
    byte[] data = new byte[raster.getHeight() * raster.getWidth() * bands];
    int out = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      int at = start + y * model.getScanlineStride();
      for (int x = 0; x < raster.getWidth(); x++, at += model.getPixelStride()) {
        for (int c = 0; c < bands; c++) {
          data[out++] = from[at + model.getBandOffsets()[c]];
        }
      }
    }
    whiten(data, greyKey, bands);
    return new Bitmap(raster.getHeight(), raster.getWidth(), bands, data);
  }

  private static void whiten(byte[] data, int greyKey, int bands) {
    for (int k = 0; greyKey >= 0 && bands == 1 && k < data.length; k++) {
      if ((data[k] & 0xff) == greyKey) {
        data[k] = (byte) WHITE;
      }
    }
  }

  private static Bitmap indexed(BufferedImage image, IndexColorModel palette, int greyKey) {
    int[] colors = new int[palette.getMapSize()];
    palette.getRGBs(colors);
    int width = image.getWidth();
    byte[] data = new byte[3 * image.getHeight() * width];
    int[] indices = new int[width];
    for (int y = 0, out = 0; y < image.getHeight(); y++) {
      image.getRaster().getSamples(0, y, width, 1, 0, indices);
      for (int x = 0; x < width; x++, out += 3) {
        int color = indices[x] < colors.length ? colors[indices[x]] : 0xff000000;
        boolean clear = greyKey >= 0 && (color & 0xff) == greyKey;
        flatten(clear ? 0 : color, data, out);
      }
    }
    return new Bitmap(image.getHeight(), width, 3, data);
  }

  private static void flatten(int argb, byte[] data, int out) {
    int alpha = argb >>> 24;
    data[out] = (byte) onWhite((argb >> 16) & 0xff, alpha, WHITE);
    data[out + 1] = (byte) onWhite((argb >> 8) & 0xff, alpha, WHITE);
    data[out + 2] = (byte) onWhite(argb & 0xff, alpha, WHITE);
  }

  private static Bitmap components(Raster raster, ColorModel colors, int greyKey) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    int channels = colors.getNumColorComponents();
    int opaque = (1 << colors.getComponentSize(0)) - 1;
    byte[] data = new byte[raster.getHeight() * width * channels];
    int[] row = new int[width * bands];
    for (int y = 0, out = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int in = 0; in < row.length; in += bands) {
        int alpha = colors.hasAlpha() ? row[in + bands - 1] : opaque;
        alpha = channels == 1 && row[in] == greyKey ? 0 : alpha;
        for (int c = 0; c < channels; c++) {
          data[out++] = (byte) sample(row[in + c], alpha, opaque);
        }
      }
    }
    return new Bitmap(raster.getHeight(), width, channels, data);
  }

  private static int sample(int value, int alpha, int opaque) {
    if (alpha == opaque) {
      return opaque == WHITE ? value : narrow(value);
    }
    return onWhite(value, alpha, opaque);
  }

  private static Bitmap converted(BufferedImage image) {
    int width = image.getWidth();
    byte[] data = new byte[3 * image.getHeight() * width];
    int[] row = new int[width];
    for (int y = 0, out = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++, out += 3) {
        flatten(row[x], data, out);
      }
    }
    return new Bitmap(image.getHeight(), width, 3, data);
  }
}
