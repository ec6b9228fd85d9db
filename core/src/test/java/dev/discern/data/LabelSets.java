package dev.discern.data;

import dev.discern.config.Task;
import dev.discern.image.Encoded;
import dev.discern.image.Pixels;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Images of one pixel with any number of labels.
 *
 * @param classNames the classes
 * @param sets each image's labels, rising
 */
record LabelSets(List<String> classNames, int[]... sets) implements ImageSet {
  /** Classes k0, k1, ... */
  static LabelSets of(int classes, int[]... sets) {
    return new LabelSets(IntStream.range(0, classes).mapToObj(k -> "k" + k).toList(), sets);
  }

  /** Each image carries each label at random, label k with its own chance. */
  static LabelSets random(SplittableRandom random, int size, double... chances) {
    return of(
        chances.length,
        IntStream.range(0, size)
            .mapToObj(
                i ->
                    IntStream.range(0, chances.length)
                        .filter(k -> random.nextDouble() < chances[k])
                        .toArray())
            .toArray(int[][]::new));
  }

  @Override
  public int size() {
    return sets.length;
  }

  @Override
  public Task task() {
    return Task.MANY_LABELS;
  }

  @Override
  public int label(int i) {
    throw new IllegalStateException("several labels");
  }

  @Override
  public int[] labels(int i) {
    return sets[i].clone();
  }

  @Override
  public Encoded image(int i) {
    return Encoded.of(new Pixels(1, 1, 1, identity(i)));
  }

  @Override
  public byte[] identity(int i) {
    return new byte[] {(byte) i};
  }

  @Override
  public String describe(int i) {
    return Integer.toString(i);
  }
}
