package dev.discern.data;

import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.view.View;
import dev.discern.view.Views;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/** Image files made on the spot. */
public final class TestImages {
  private TestImages() {}

  /** A small set in memory with pixels at random and labels 0, 1, ..., K-1, 0, 1, ... */
  public static MemoryImageSet memory(ImageShape shape, int size, int classes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] pixels = new byte[size * shape.volume()];
    random.nextBytes(pixels);
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = i % classes;
    }
    List<String> names = IntStream.range(0, classes).mapToObj(c -> "class" + c).toList();
    return new MemoryImageSet("made", shape, names, pixels, labels);
  }

  /** An image as a network of some shape is evaluated on it. */
  static byte[] seen(ImageSet set, int i, ImageShape shape) {
    return view(shape).apply(set.image(i), new SplittableRandom(0)).data();
  }

  /** The whole image, scaled to a shape. */
  static View view(ImageShape shape) {
    return Views.evaluation(shape, Interpolation.BILINEAR, 1);
  }

  public static BufferedImage plain(int width, int height, Color colour) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(colour);
    g.fillRect(0, 0, width, height);
    g.dispose();
    return image;
  }

  /** Left half red, right half blue. */
  public static BufferedImage halves(int width, int height) {
    BufferedImage image = plain(width, height, Color.RED);
    Graphics2D g = image.createGraphics();
    g.setColor(Color.BLUE);
    g.fillRect(width / 2, 0, width - width / 2, height);
    g.dispose();
    return image;
  }

  public static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException("No writer of " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A class folder with plain images of one colour, named a0.png, a1.png, ...; no two alike. */
  public static void classFolder(Path folder, int count, Color colour) {
    for (int i = 0; i < count; i++) {
      image(folder.resolve("a" + i + ".png"), colour);
    }
  }

  /** A plain image of one colour, whose bytes depend on its path: no two are copies. */
  static Path image(Path file, Color colour) {
    return write(file, unlike(encode(plain(10, 10, colour), "png"), file.toString()));
  }

  /** A PNG file with a comment, which makes it another file of the same pixels. */
  static byte[] unlike(byte[] png, String comment) {
    byte[] text = chunk("tEXt", ("Comment\0" + comment).getBytes(StandardCharsets.ISO_8859_1));
    int end = png.length - 12; // before IEND
    return ByteBuffer.allocate(png.length + text.length)
        .put(png, 0, end)
        .put(text)
        .put(png, end, 12)
        .array();
  }

  /**
   * A PNG file from its parts.
   *
   * @param scanlines rows, each with its filter byte 0 in front
   * @param extra type and content of chunks before the pixels: PLTE, tRNS, ...
   */
  public static byte[] png(
      int width, int height, int depth, int colour, byte[] scanlines, Object... extra) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put((byte) depth)
            .put((byte) colour)
            .array();
    out.writeBytes(chunk("IHDR", header));
    for (int k = 0; k < extra.length; k += 2) {
      out.writeBytes(chunk((String) extra[k], (byte[]) extra[k + 1]));
    }
    out.writeBytes(chunk("IDAT", deflate(scanlines)));
    out.writeBytes(chunk("IEND", new byte[0]));
    return out.toByteArray();
  }

  public static byte[] chunk(String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(content);
    return ByteBuffer.allocate(content.length + 12)
        .putInt(content.length)
        .put(name)
        .put(content)
        .putInt((int) sum.getValue())
        .array();
  }

  public static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int k = 0; k < values.length; k++) {
      bytes[k] = (byte) values[k];
    }
    return bytes;
  }

  public static int[] unsigned(byte[] bytes) {
    int[] values = new int[bytes.length];
    for (int k = 0; k < bytes.length; k++) {
      values[k] = bytes[k] & 0xff;
    }
    return values;
  }

  private static byte[] deflate(byte[] bytes) {
    Deflater deflater = new Deflater();
    deflater.setInput(bytes);
    deflater.finish();
    byte[] out = new byte[bytes.length + 64];
    int length = deflater.deflate(out);
    deflater.end();
    return Arrays.copyOf(out, length);
  }
}
