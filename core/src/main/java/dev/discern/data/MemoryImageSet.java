package dev.discern.data;

import dev.discern.image.Encoded;
import dev.discern.image.ImageShape;
import dev.discern.image.Pixels;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Images held in memory as unsigned bytes. */
public final class MemoryImageSet implements ImageSet {
  private final String name;
  private final ImageShape shape;
  private final List<String> classNames;
  private final byte[] pixels;
  private final int[] labels;

  /**
   * Takes over the arrays, which must not change afterwards.
   *
   * @param name what {@link #describe} calls the images: {@code digits} gives {@code digits #17}
   * @param shape the images' shape
   * @param classNames the classes
   * @param pixels {@code [N, H, W, C]}, unsigned
   * @param labels {@code [N]}, indices into the class names
   * @throws IllegalArgumentException if the arrays do not match each other
   */
  public MemoryImageSet(
      String name, ImageShape shape, List<String> classNames, byte[] pixels, int[] labels) {
    this.name = name;
    this.shape = shape;
    this.classNames = List.copyOf(classNames);
    this.pixels = pixels;
    this.labels = labels;
    if (labels.length < 1 || pixels.length != Math.multiplyExact(labels.length, shape.volume())) {
      throw new IllegalArgumentException(
          pixels.length + " pixels are not " + labels.length + " images of " + shape + ".");
    }
    for (int label : labels) {
      Objects.checkIndex(label, classNames.size());
    }
  }

  @Override
  public int size() {
    return labels.length;
  }

  /**
   * The shape of all images.
   *
   * @return channels, height, width
   */
  public ImageShape shape() {
    return shape;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public int label(int i) {
    return labels[i];
  }

  @Override
  public boolean needsDecoding() {
    return false;
  }

  @Override
  public Encoded image(int i) {
    return Encoded.of(new Pixels(shape.height(), shape.width(), shape.channels(), identity(i)));
  }

  /** The pixels themselves, {@code [H, W, C]}. */
  @Override
  public byte[] identity(int i) {
    return Arrays.copyOfRange(pixels, i * shape.volume(), (i + 1) * shape.volume());
  }

  @Override
  public String describe(int i) {
    return name + " #" + Objects.checkIndex(i, labels.length);
  }
}
