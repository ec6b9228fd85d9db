package discern.data;

import java.util.List;

/** Images held as one array of bytes. */
final class MemoryImages implements ImageSet {
  private final String name;
  private final ImageShape shape;
  private final List<String> classNames;
  private final byte[] pixels;
  private final int[] labels;

  /** Takes over the arrays: pixels {@code [N, C, H, W]}, unsigned, and N labels. */
  MemoryImages(
      String name, ImageShape shape, List<String> classNames, byte[] pixels, int[] labels) {
    this.name = name;
    this.shape = shape;
    this.classNames = List.copyOf(classNames);
    this.pixels = pixels;
    this.labels = labels;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public void read(int index, byte[] target, int offset) {
    System.arraycopy(pixels, index * shape.size(), target, offset, shape.size());
  }

  @Override
  public String describe(int index) {
    return name + "[" + index + "]";
  }
}
