package dev.discern.codec;

import dev.discern.scale.Bitmap;
import dev.discern.scale.Filter;
import dev.discern.scale.Scaler;
import java.nio.ByteBuffer;

/**
 * Decodes image files in Java: JPEG, PNG and WebP with ImageIO, the other formats here. Pixels
 * become 8-bit and upright: gray levels and palettes are expanded, 16 bits scaled, transparent
 * images composited on white, CMYK converted without a printer profile, EXIF orientation applied.
 * Color profiles are ignored.
 */
public final class Decoder {
  private Decoder() {}

  /**
   * Decodes a file. Its header is checked before anything is allocated for its pixels.
   *
   * @param file the whole file; not changed
   * @param atLeast the shorter side that the caller needs: the result is reduced as {@link
   *     Reduction} says
   * @param channels 1 for luma, 3 for red, green, blue
   * @param maxPixels the largest number of pixels, at most {@link Limits#MAX_PIXELS}
   * @return its pixels
   * @throws BadImage if it is truncated, damaged, too large, or not of a {@link Format}
   */
  public static Bitmap decode(byte[] file, int atLeast, int channels, long maxPixels)
      throws BadImage {
    if (file.length == 0) {
      throw new BadImage("is empty. Fetch it again, or remove it");
    }
    ByteBuffer bytes = ByteBuffer.wrap(file);
    Picture picture = Format.of(bytes).open(bytes);
    Limits.checkDensity(picture, file.length);
    Limits.checkPixels(picture, maxPixels);
    Bitmap whole = pixels(picture, file);
    if (whole.width() != picture.width() || whole.height() != picture.height()) {
      throw BadImage.damaged("its header gives another size than its content");
    }
    int reduction = Reduction.of(picture.width(), picture.height(), atLeast);
    return Scaler.scale(
            whole,
            Reduction.reduced(picture.height(), reduction),
            Reduction.reduced(picture.width(), reduction),
            Filter.AREA)
        .upright(picture.orientation())
        .in(channels);
  }

  private static Bitmap pixels(Picture picture, byte[] file) throws BadImage {
    if (picture instanceof JpegFile jpeg) {
      jpeg.checkScans(ByteBuffer.wrap(file));
      return LibraryDecoder.jpeg(file);
    } else if (picture instanceof PngFile png) {
      return LibraryDecoder.png(file, png);
    } else if (picture instanceof WebpFile webp) {
      return LibraryDecoder.webp(file, webp);
    } else {
      return drawn((Picture.Drawn) picture, file);
    }
  }

  private static Bitmap drawn(Picture.Drawn picture, byte[] file) throws BadImage {
    int channels = picture.channels();
    int stride = picture.width() * channels;
    byte[] data = new byte[Math.multiplyExact(picture.height(), stride)];
    picture.draw(
        ByteBuffer.wrap(file),
        (y, left, samples) ->
            System.arraycopy(samples, 0, data, y * stride + left * channels, samples.length),
        (jpeg, header) -> {
          Bitmap part = LibraryDecoder.jpeg(jpeg).in(header.components() == 1 ? 1 : 3);
          if (part.width() != header.width() || part.height() != header.height()) {
            throw BadImage.damaged("its content cannot be decoded");
          }
          return part.data();
        });
    return new Bitmap(picture.height(), picture.width(), channels, data);
  }
}
