package dev.discern.data;

import dev.discern.config.Task;
import dev.discern.image.Encoded;
import java.util.List;
import java.util.Objects;

/** Some images of another set, in any order, without copying pixels. */
public final class Subset implements ImageSet {
  private final ImageSet whole;
  private final int[] indices;

  private Subset(ImageSet whole, int[] indices) {
    this.whole = whole;
    this.indices = indices;
  }

  /**
   * Views a part of a set.
   *
   * @param whole the set; a view of a view is flattened
   * @param indices images of the set, in the order of the view
   * @return the view
   * @throws IndexOutOfBoundsException if an index lies outside the set
   */
  public static Subset of(ImageSet whole, int[] indices) {
    int[] copy = indices.clone();
    ImageSet base = whole instanceof Subset outer ? outer.whole : whole;
    for (int k = 0; k < copy.length; k++) {
      Objects.checkIndex(copy[k], whole.size());
      copy[k] = whole instanceof Subset outer ? outer.indices[copy[k]] : copy[k];
    }
    return new Subset(base, copy);
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public List<String> classNames() {
    return whole.classNames();
  }

  @Override
  public int label(int i) {
    return whole.label(indices[i]);
  }

  @Override
  public Task task() {
    return whole.task();
  }

  @Override
  public int[] labels(int i) {
    return whole.labels(indices[i]);
  }

  @Override
  public boolean needsDecoding() {
    return whole.needsDecoding();
  }

  @Override
  public Encoded image(int i) {
    return whole.image(indices[i]);
  }

  @Override
  public String describe(int i) {
    return whole.describe(indices[i]);
  }

  @Override
  public byte[] identity(int i) {
    return whole.identity(indices[i]);
  }

  @Override
  public byte[] version(int i) {
    return whole.version(indices[i]);
  }
}
