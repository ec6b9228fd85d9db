package dev.discern.data;

import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.image.Encoded;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Several sets one after another, with a model's classes in place of theirs. */
final class Relabelled implements ImageSet {
  private final List<ImageSet> sets;
  private final int[] ends;
  private final Task task;
  private final List<String> classNames;
  private final int[] classOf;

  private Relabelled(
      List<ImageSet> sets, int[] ends, Task task, List<String> classNames, int[] classOf) {
    this.sets = sets;
    this.ends = ends;
    this.task = task;
    this.classNames = classNames;
    this.classOf = classOf;
  }

  /**
   * Joins sets.
   *
   * @param source what they come from, for messages
   * @param sets at least one; all of the same classes and shape
   * @param task of the model
   * @param classes the model's classes
   * @return a view of all images
   * @throws WorkFailed if they have a class that the model does not know, or two that it takes for
   *     one, or an image of the model's one-label task does not have exactly one
   */
  static Relabelled of(String source, List<ImageSet> sets, Task task, KnownClasses classes) {
    List<String> classNames = classes.names();
    List<String> own = sets.get(0).classNames();
    List<String> unknown = own.stream().filter(name -> classes.indexOf(name).isEmpty()).toList();
    if (!unknown.isEmpty()) {
      throw new WorkFailed(
          source
              + " has the "
              + (unknown.size() == 1 ? "class " : "classes ")
              + String.join(", ", unknown.subList(0, Math.min(5, unknown.size())))
              + (unknown.size() > 5 ? " and " + (unknown.size() - 5) + " more" : "")
              + ", which the model does not know. It knows "
              + String.join(", ", classNames.subList(0, Math.min(20, classNames.size())))
              + (classNames.size() > 20 ? " ..." : "")
              + ": rename or leave out what it cannot know.");
    }
    int[] ends = new int[sets.size()];
    for (int s = 0; s < ends.length; s++) {
      ends[s] = sets.get(s).size() + (s == 0 ? 0 : ends[s - 1]);
    }
    int[] classOf = own.stream().mapToInt(name -> classes.indexOf(name).orElseThrow()).toArray();
    requireDistinct(source, own, classOf);
    Relabelled joined = new Relabelled(List.copyOf(sets), ends, task, classNames, classOf);
    joined.requireOneLabel(source);
    return joined;
  }

  private static void requireDistinct(String source, List<String> own, int[] classOf) {
    Map<Integer, String> first = new HashMap<>();
    for (int k = 0; k < classOf.length; k++) {
      String other = first.put(classOf[k], own.get(k));
      if (other != null) {
        throw new WorkFailed(
            source
                + " has the classes "
                + other
                + " and "
                + own.get(k)
                + ", which are one class of the model: join them.");
      }
    }
  }

  private void requireOneLabel(String source) {
    if (task == Task.MANY_LABELS || sets.get(0).task() == Task.ONE_LABEL) {
      return;
    }
    IntStream.range(0, size())
        .filter(i -> labels(i).length != 1)
        .findFirst()
        .ifPresent(
            i -> {
              throw new WorkFailed(
                  source
                      + " gives "
                      + describe(i)
                      + " "
                      + labels(i).length
                      + " labels, but the model knows one class per image: give each image one.");
            });
  }

  private int setOf(int i) {
    int s = Arrays.binarySearch(ends, i + 1);
    return s >= 0 ? s : -s - 1;
  }

  private int within(int i, int set) {
    return i - (set == 0 ? 0 : ends[set - 1]);
  }

  @Override
  public int size() {
    return ends[ends.length - 1];
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public Task task() {
    return task;
  }

  @Override
  public int label(int i) {
    return labels(i)[0];
  }

  @Override
  public int[] labels(int i) {
    int set = setOf(i);
    int[] labels = sets.get(set).labels(within(i, set));
    return Arrays.stream(labels).map(label -> classOf[label]).sorted().toArray();
  }

  @Override
  public boolean needsDecoding() {
    return sets.get(0).needsDecoding();
  }

  @Override
  public Encoded image(int i) {
    int set = setOf(i);
    return sets.get(set).image(within(i, set));
  }

  @Override
  public byte[] identity(int i) {
    int set = setOf(i);
    return sets.get(set).identity(within(i, set));
  }

  @Override
  public byte[] version(int i) {
    int set = setOf(i);
    return sets.get(set).version(within(i, set));
  }

  @Override
  public String describe(int i) {
    int set = setOf(i);
    return sets.get(set).describe(within(i, set));
  }
}
