package dev.discern.data;

import dev.discern.image.Crop;
import dev.discern.image.ImageFile;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.image.Pixels;
import dev.discern.image.Raster;
import java.nio.file.Path;

/** Decodes image files to one shape: scaled so that the shape is just covered, cropped to it. */
public final class ImageDecoder {
  private ImageDecoder() {}

  /**
   * Decodes a file. Safe to call from several threads.
   *
   * @param file an image file, recognized by content
   * @param shape the shape wanted
   * @return {@code shape.volume()} unsigned bytes, {@code [C, H, W]}; channels red, green, blue
   * @throws dev.discern.config.WorkFailed if the file is missing, cut, damaged, or not an image
   */
  public static byte[] decode(Path file, ImageShape shape) {
    int side = Math.max(shape.height(), shape.width());
    try (Raster raster = new ImageFile(file).decode(side, shape.channels())) {
      Crop center = center(raster, shape);
      return planes(raster.scaled(center, shape.height(), shape.width(), Interpolation.BILINEAR));
    }
  }

  private static Crop center(Raster raster, ImageShape shape) {
    double scale =
        Math.max(
            (double) shape.width() / raster.width(), (double) shape.height() / raster.height());
    int width = clamp(Math.round(shape.width() / scale), raster.width());
    int height = clamp(Math.round(shape.height() / scale), raster.height());
    return new Crop((raster.height() - height) / 2, (raster.width() - width) / 2, height, width);
  }

  private static int clamp(long side, int available) {
    return (int) Math.max(1, Math.min(side, available));
  }

  private static byte[] planes(Pixels pixels) {
    byte[] from = pixels.data();
    int channels = pixels.channels();
    int plane = from.length / channels;
    byte[] to = new byte[from.length];
    for (int k = 0; k < from.length; k++) {
      to[k % channels * plane + k / channels] = from[k];
    }
    return to;
  }
}
