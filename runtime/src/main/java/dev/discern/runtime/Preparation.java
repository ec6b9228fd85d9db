package dev.discern.runtime;

import dev.discern.codec.BadImage;
import dev.discern.codec.Decoder;
import dev.discern.codec.Limits;
import dev.discern.codec.Samples;
import dev.discern.scale.Bitmap;
import dev.discern.scale.CenterPlan;
import dev.discern.scale.Filter;
import dev.discern.scale.Scaler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes inputs of images, as {@code discern predict} does. For implementations of {@link
 * Classifier}.
 */
public final class Preparation {
  private final Card.Input input;
  private final long maxPixels;

  /**
   * Prepares for a model.
   *
   * @param input the model's input
   * @param maxPixels the largest image that is decoded, in pixels
   */
  public Preparation(Card.Input input, long maxPixels) {
    this.input = input;
    this.maxPixels = maxPixels;
  }

  /**
   * Prepares an image.
   *
   * @param image the image
   * @return it, scaled and cropped
   * @throws UnusableImage if it cannot be decoded
   */
  public PreparedImage of(Image image) {
    String name = image instanceof Image.File file ? "The image " + file.path() : "The image";
    try {
      Bitmap bitmap = bitmap(image);
      CenterPlan plan =
          CenterPlan.of(
              bitmap.height(), bitmap.width(), input.height(), input.width(), input.cropRatio());
      Bitmap fitted = Scaler.scale(bitmap, plan, filter());
      return new PreparedImage(fitted.height(), fitted.width(), fitted.channels(), fitted.data());
    } catch (BadImage e) {
      throw new UnusableImage(name + " " + e.getMessage() + ".", e);
    } catch (OutOfMemoryError e) {
      throw new UnusableImage(
          name + " does not fit into the heap. Scale it down, or raise -Xmx.", e);
    }
  }

  private Bitmap bitmap(Image image) throws BadImage {
    if (image instanceof Image.File file) {
      return decode(read(file.path()));
    } else if (image instanceof Image.Bytes bytes) {
      return decode(bytes.bytes());
    } else if (image instanceof Image.Stream stream) {
      return decode(read(stream.stream()));
    } else if (image instanceof Image.Buffered buffered) {
      return held(Samples.bitmap(buffered.image()));
    } else {
      Pixels pixels = ((Image.Decoded) image).pixels();
      return held(new Bitmap(pixels.height(), pixels.width(), 3, pixels.rgb()));
    }
  }

  private Bitmap held(Bitmap bitmap) throws BadImage {
    if ((long) bitmap.height() * bitmap.width() > maxPixels) {
      throw Limits.tooLarge(bitmap.width(), bitmap.height(), maxPixels);
    }
    return bitmap.in(input.channels());
  }

  // The rule of core's views: a decoder need not deliver more than twice what the network sees.
  private Bitmap decode(byte[] file) throws BadImage {
    int shorter = Math.min(input.height(), input.width());
    int longer = Math.max(input.height(), input.width());
    int atLeast = (int) Math.ceil(Math.max(2.0 * shorter, longer) / input.cropRatio());
    return Decoder.decode(file, atLeast, input.channels(), maxPixels);
  }

  private Filter filter() {
    return switch (input.interpolation()) {
      case BILINEAR -> Filter.BILINEAR;
      case BICUBIC -> Filter.BICUBIC;
    };
  }

  private static byte[] read(Path path) throws BadImage {
    if (!Files.exists(path)) {
      throw new BadImage("does not exist. Check the path");
    }
    if (!Files.isRegularFile(path)) {
      // Opening a named pipe would wait for a writer.
      throw new BadImage("is a folder or device, not a file. Name a file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return read(in);
    } catch (IOException e) {
      throw new BadImage("cannot be read: " + e.getMessage());
    }
  }

  private static byte[] read(InputStream in) throws BadImage {
    try {
      byte[] file = in.readNBytes((int) Limits.MAX_BYTES + 1);
      if (file.length > Limits.MAX_BYTES) {
        throw new BadImage("is larger than " + (Limits.MAX_BYTES >> 20) + " MB. Scale it down");
      }
      return file;
    } catch (IOException e) {
      throw new BadImage("cannot be read: " + e.getMessage());
    }
  }
}
