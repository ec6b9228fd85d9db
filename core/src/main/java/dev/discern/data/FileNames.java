package dev.discern.data;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The files of one folder, sorted by name, with their sizes. */
final class FileNames {
  static final int NONE = -1;
  static final int SEVERAL = -2;

  private final Names names = new Names();
  private final long[] bytes;
  private @Nullable Index byLowerCase;
  private @Nullable Index byStem;

  /**
   * A file.
   *
   * @param name its name in the folder
   * @param bytes its length
   */
  record Entry(String name, long bytes) {}

  FileNames(List<Entry> sorted) {
    bytes = new long[sorted.size()];
    for (int i = 0; i < bytes.length; i++) {
      names.add(sorted.get(i).name());
      bytes[i] = sorted.get(i).bytes();
    }
  }

  int size() {
    return bytes.length;
  }

  String name(int i) {
    return names.get(i);
  }

  long bytes(int i) {
    return bytes[i];
  }

  /** The index of a file, or {@link #NONE}. */
  int find(String name) {
    return names.indexOf(name);
  }

  /** The index of a file whatever its case, {@link #NONE}, or {@link #SEVERAL}. */
  int findIgnoringCase(String name) {
    if (byLowerCase == null) {
      byLowerCase = new Index(this, FileNames::lower, false);
    }
    return byLowerCase.find(lower(name));
  }

  /** The index of the image file that has a name before its extension, none, or several. */
  int findByStem(String stem) {
    if (byStem == null) {
      byStem = new Index(this, ImageFiles::stem, true);
    }
    return byStem.find(stem);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Files by a key derived from their names. */
  private static final class Index {
    private final Names keys = new Names();
    private final int[] files;

    Index(FileNames all, UnaryOperator<String> key, boolean imagesOnly) {
      files = new int[all.size()];
      for (int i = 0; i < files.length; i++) {
        String name = all.name(i);
        if (!imagesOnly || ImageFiles.isImageName(name)) {
          int before = keys.size();
          int k = keys.add(key.apply(name));
          files[k] = k == before ? i : SEVERAL;
        }
      }
    }

    int find(String key) {
      int k = keys.indexOf(key);
      return k < 0 ? NONE : files[k];
    }
  }
}
