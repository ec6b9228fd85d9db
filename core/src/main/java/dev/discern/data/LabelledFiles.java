package dev.discern.data;

import dev.discern.config.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Image files and the classes of each, kept compactly: a million images of one class each take
 * about 80 MB. Immutable; may be read from several threads at once.
 */
final class LabelledFiles {
  private final Path root;
  private final Task task;
  private final List<String> classNames;
  private final Names paths;
  private final long[] bytes;
  private final int[] labels;
  // Where each image's labels end; empty where each has one.
  private final int[] ends;

  private LabelledFiles(
      Path root,
      Task task,
      List<String> classNames,
      Names paths,
      long[] bytes,
      int[] labels,
      int[] ends) {
    this.root = root;
    this.task = task;
    this.classNames = List.copyOf(classNames);
    this.paths = paths;
    this.bytes = bytes;
    this.labels = labels;
    this.ends = ends;
  }

  int size() {
    return bytes.length;
  }

  /** Whether each image has exactly one label. */
  Task task() {
    return task;
  }

  List<String> classNames() {
    return classNames;
  }

  /** The absolute path of an image. */
  Path path(int i) {
    return root.resolve(paths.get(i));
  }

  /** The length of an image's file when it was listed. */
  long bytes(int i) {
    return bytes[i];
  }

  /**
   * The class of an image in a one-label set.
   *
   * @throws IllegalStateException if the task is several labels per image
   */
  int label(int i) {
    if (task == Task.MANY_LABELS) {
      throw new IllegalStateException("These images have several labels each, not one class.");
    }
    return labels[start(i)];
  }

  /** The labels of an image: a new array of increasing indices into the class names. */
  int[] labels(int i) {
    return Arrays.copyOfRange(labels, start(i), end(i));
  }

  /** An image's path below the data set's folder, spelled the same on every system. */
  String describe(int i) {
    return paths.get(i);
  }

  private int start(int i) {
    return ends.length == 0 ? i : i == 0 ? 0 : ends[i - 1];
  }

  private int end(int i) {
    return ends.length == 0 ? i + 1 : ends[i];
  }

  /**
   * A path relative to a folder, spelled the same on every system; a path elsewhere is unchanged.
   */
  static String relative(Path root, Path file) {
    Path shown = file.startsWith(root) ? root.relativize(file) : file;
    return shown.toString().replace('\\', '/');
  }

  /** Collects files while a source is read. */
  static final class Builder {
    private final Names paths = new Names();
    private final Map<String, Integer> indices = new LinkedHashMap<>();
    private long[] bytes = new long[16];
    private int[] labels = new int[16];
    private int[] ends = new int[16];
    private int labelCount;
    private boolean oneEach = true;

    int size() {
      return paths.size();
    }

    /** The names of all labels so far. */
    Set<String> labels() {
      return indices.keySet();
    }

    /** Whether each file so far has exactly one label. */
    boolean oneEach() {
      return oneEach;
    }

    /**
     * Adds a file.
     *
     * @param path its path below the root, or an absolute one
     * @param length its length in bytes
     * @param names its labels, distinct
     * @return false if the file was added before; nothing changes then
     */
    boolean add(String path, long length, Collection<String> names) {
      int i = paths.size();
      if (paths.add(path) != i) {
        return false;
      }
      if (i == bytes.length) {
        bytes = Arrays.copyOf(bytes, i + (i >> 1));
        ends = Arrays.copyOf(ends, i + (i >> 1));
      }
      for (String name : names) {
        if (labelCount == labels.length) {
          labels = Arrays.copyOf(labels, labelCount + (labelCount >> 1));
        }
        labels[labelCount++] = indices.computeIfAbsent(name, n -> indices.size());
      }
      bytes[i] = length;
      ends[i] = labelCount;
      oneEach &= names.size() == 1;
      return true;
    }

    /** A file's path as it was added. */
    String path(int i) {
      return paths.get(i);
    }

    /** How many labels a file has. */
    int labelCount(int i) {
      return ends[i] - (i == 0 ? 0 : ends[i - 1]);
    }

    /**
     * The files so far.
     *
     * @param root the absolute folder that paths are relative to
     * @param task one label only if each file has one
     * @param classNames all labels of the files, in the order of the classes; may have more
     */
    LabelledFiles build(Path root, Task task, List<String> classNames) {
      int[] classOf = new int[indices.size()];
      Map<String, Integer> order = new LinkedHashMap<>();
      classNames.forEach(name -> order.put(name, order.size()));
      for (Map.Entry<String, Integer> index : indices.entrySet()) {
        classOf[index.getValue()] = order.getOrDefault(index.getKey(), -1);
      }
      int[] mapped = new int[labelCount];
      for (int k = 0; k < labelCount; k++) {
        mapped[k] = classOf[labels[k]];
      }
      for (int i = 0; !oneEach && i < size(); i++) {
        Arrays.sort(mapped, i == 0 ? 0 : ends[i - 1], ends[i]);
      }
      return new LabelledFiles(
          root,
          task,
          classNames,
          paths,
          Arrays.copyOf(bytes, size()),
          mapped,
          oneEach ? new int[0] : Arrays.copyOf(ends, size()));
    }

    /** The labels so far, sorted by name. */
    List<String> sortedLabels() {
      List<String> sorted = new ArrayList<>(indices.keySet());
      sorted.sort(null);
      return sorted;
    }
  }
}
