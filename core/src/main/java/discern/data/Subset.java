package discern.data;

import java.util.List;

/** Some images of a set, in a given order. */
final class Subset implements ImageSet {
  private final ImageSet whole;
  private final int[] indices;

  Subset(ImageSet whole, int[] indices) {
    this.whole = whole;
    this.indices = indices.clone();
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public ImageShape shape() {
    return whole.shape();
  }

  @Override
  public List<String> classNames() {
    return whole.classNames();
  }

  @Override
  public int label(int index) {
    return whole.label(indices[index]);
  }

  @Override
  public void read(int index, byte[] target, int offset) {
    whole.read(indices[index], target, offset);
  }

  @Override
  public String describe(int index) {
    return whole.describe(indices[index]);
  }
}
