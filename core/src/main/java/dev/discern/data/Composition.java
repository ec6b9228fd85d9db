package dev.discern.data;

import dev.discern.config.Internal;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.image.Encoded;
import dev.discern.image.ImageShape;
import dev.discern.image.Pixels;
import dev.discern.torch.Seeds;
import dev.discern.view.View;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Pictures of several images each: a grid of 2 by 2 cells of one shape; empty cells are black. A
 * picture carries the classes of its images. No pixels are kept here: a picture is composed
 * whenever it is read.
 */
@Internal
public final class Composition implements ImageSet {
  private static final int CELLS = 4;

  private static final int ACROSS = 2;
  private static final long PURPOSE = 3;

  private final ImageSet source;
  private final View cell;
  // [pictures][images], and beside it the cell of each of them.
  private final int[][] images;
  private final int[][] cells;

  private Composition(ImageSet source, View cell, int[][] images, int[][] cells) {
    this.source = source;
    this.cell = cell;
    this.images = images;
    this.cells = cells;
  }

  /**
   * Shuffles a set and deals it out without replacement: each image is in one picture at most. An
   * image that is left over alone is in none; it is of a class that has others, if there is one.
   *
   * @param source images of one class each, 2 at least
   * @param cell how each image is seen in its cell
   * @param most a picture holds 2 to this many images, each number equally often; 2 to 4
   * @param seed decides which images go together, and into which cells
   * @param part distinguishes the parts of a split, which share a seed
   * @return the pictures, of twice the height and width
   * @throws WorkFailed if there are fewer than 2 images
   */
  public static Composition of(ImageSet source, View cell, int most, long seed, int part) {
    if (source.task() != Task.ONE_LABEL || most < 2 || most > CELLS) {
      throw new IllegalArgumentException(
          "Pictures are made of 2 to " + CELLS + " images of one class each, not of " + most + ".");
    }
    if (source.size() < 2) {
      throw new WorkFailed(
          "A part of the data (training, validation or test) has only "
              + source.size()
              + " image, but a composed picture takes 2: add images, or leave data.compose at 0.");
    }
    SplittableRandom random = Seeds.random(seed, PURPOSE, part);
    int[] order = new int[source.size()];
    Arrays.setAll(order, i -> i);
    Splitter.shuffle(order, random);
    List<Integer> sizes = sizes(order.length, most, random);
    if (sizes.stream().mapToInt(n -> n).sum() < order.length) {
      leaveLastOut(order, source);
    }
    int[][] images = new int[sizes.size()][];
    int[][] cells = new int[sizes.size()][];
    int from = 0;
    for (int k = 0; k < images.length; k++) {
      int[] free = {0, 1, 2, 3};
      Splitter.shuffle(free, random);
      images[k] = Arrays.copyOfRange(order, from, from + sizes.get(k));
      cells[k] = Arrays.copyOf(free, images[k].length);
      from += images[k].length;
    }
    return new Composition(source, cell, images, cells);
  }

  private static List<Integer> sizes(int count, int most, SplittableRandom random) {
    List<Integer> sizes = new ArrayList<>();
    for (int left = count; left >= 2; left -= sizes.get(sizes.size() - 1)) {
      sizes.add(Math.min(left, random.nextInt(2, most + 1)));
    }
    return sizes;
  }

  // A class with one image would otherwise vanish from this part now and then.
  private static void leaveLastOut(int[] order, ImageSet source) {
    int[] counts = source.classCounts();
    int last = order.length - 1;
    for (int k = last; k >= 0; k--) {
      if (counts[source.label(order[k])] > 1) {
        int held = order[k];
        order[k] = order[last];
        order[last] = held;
        return;
      }
    }
  }

  @Override
  public int size() {
    return images.length;
  }

  /**
   * The shape of a picture.
   *
   * @param cell the shape of its cells
   * @return twice as high and wide
   */
  static ImageShape shape(ImageShape cell) {
    return new ImageShape(cell.channels(), ACROSS * cell.height(), ACROSS * cell.width());
  }

  @Override
  public List<String> classNames() {
    return source.classNames();
  }

  @Override
  public Task task() {
    return Task.MANY_LABELS;
  }

  @Override
  public int label(int i) {
    throw new IllegalStateException("A composed picture has several labels, not one class.");
  }

  @Override
  public int[] labels(int i) {
    return Arrays.stream(images[i]).map(source::label).sorted().distinct().toArray();
  }

  @Override
  public boolean needsDecoding() {
    return source.needsDecoding();
  }

  @Override
  public Encoded image(int i) {
    return (atLeast, channels) -> Encoded.of(picture(i)).decode(atLeast, channels);
  }

  private Pixels picture(int i) {
    ImageShape shape = shape(cell.shape());
    byte[] picture = new byte[shape.volume()];
    for (int k = 0; k < images[i].length; k++) {
      Pixels part = cell.apply(source.image(images[i][k]), new SplittableRandom(0));
      int top = cells[i][k] / ACROSS * part.height();
      int left = cells[i][k] % ACROSS * part.width();
      int row = part.width() * part.channels();
      for (int y = 0; y < part.height(); y++) {
        int to = ((top + y) * shape.width() + left) * part.channels();
        System.arraycopy(part.data(), y * row, picture, to, row);
      }
    }
    return new Pixels(shape.height(), shape.width(), shape.channels(), picture);
  }

  /** The images' own names, joined by {@code " + "}, in the order of dealing. */
  @Override
  public String describe(int i) {
    return Arrays.stream(images[i]).mapToObj(source::describe).collect(Collectors.joining(" + "));
  }

  /** What identifies the images, and their cells: pixels might cost a decoding. */
  @Override
  public byte[] identity(int i) {
    return composed(i, source::identity);
  }

  @Override
  public byte[] version(int i) {
    return composed(i, source::version);
  }

  private byte[] composed(int i, IntFunction<byte[]> parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int k = 0; k < images[i].length; k++) {
      byte[] identity = parts.apply(images[i][k]);
      out.writeBytes(
          ByteBuffer.allocate(2 * Integer.BYTES)
              .putInt(cells[i][k])
              .putInt(identity.length)
              .array());
      out.writeBytes(identity);
    }
    return out.toByteArray();
  }
}
