package dev.discern.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * Finds images that are in two parts of a data set, which makes a measured accuracy too high. Only
 * files of equal size are compared: first 4 KB from their middle and, if those agree, their whole
 * content. If too many files have equal sizes, none are compared and no notes are returned.
 */
final class Copies {
  private static final int MOST_FILES = 20_000;
  private static final int SAMPLE_BYTES = 4096;

  private final LabelledFiles known;
  // The known files' sizes, sorted.
  private final long[] sizes;

  /** What copies of a file have in common. */
  private record Sample(long size, long checksum) {}

  private Copies(LabelledFiles known) {
    this.known = known;
    sizes = IntStream.range(0, known.size()).mapToLong(known::bytes).sorted().toArray();
  }

  /**
   * Sentences about duplicates: of training images in the given parts; and, if a part has yet to be
   * drawn, within the training images.
   */
  static List<String> notes(FileParts parts) {
    List<String> notes = new ArrayList<>();
    Copies copies = new Copies(parts.train());
    parts.test().flatMap(test -> copies.note(test, "test")).ifPresent(notes::add);
    parts.validation().flatMap(p -> copies.note(p, "validation")).ifPresent(notes::add);
    if (parts.test().isEmpty() || parts.validation().isEmpty()) {
      copies.noteWithin().ifPresent(notes::add);
    }
    return notes;
  }

  private Optional<String> note(LabelledFiles part, String name) {
    int[] images = filesOf(part, size -> count(size) > 0);
    int[] others = filesOf(known, sizesOf(part, images));
    if (images.length + others.length > MOST_FILES) {
      return Optional.empty();
    }
    Map<Sample, Integer> first = new HashMap<>();
    for (int k : others) {
      sample(known, k).ifPresent(s -> first.putIfAbsent(s, k));
    }
    Tally tally = new Tally();
    for (int i : images) {
      Integer same = sample(part, i).map(first::get).orElse(null);
      if (same != null && isSame(part.path(i), known.path(same))) {
        tally.add(part.describe(i), known.describe(same));
      }
    }
    return tally.note(
        " of " + part.size() + " " + name + " images is a duplicate of a training image",
        " of " + part.size() + " " + name + " images are duplicates of training images",
        "so the " + name + " accuracy is not that of unseen images");
  }

  private Optional<String> noteWithin() {
    int[] images = filesOf(known, size -> count(size) > 1);
    if (images.length > MOST_FILES) {
      return Optional.empty();
    }
    Map<Sample, Integer> first = new HashMap<>();
    Tally tally = new Tally();
    for (int i : images) {
      Integer same = sample(known, i).map(s -> first.putIfAbsent(s, i)).orElse(null);
      if (same != null && isSame(known.path(i), known.path(same))) {
        tally.add(known.describe(i), known.describe(same));
      }
    }
    return tally.note(
        " image is a duplicate of another",
        " images are duplicates of others",
        "so validation or test images that are drawn from them may also be training images");
  }

  /** The number of copies found, and the first of them. */
  private static final class Tally {
    private int count;
    private String example = "";

    void add(String a, String b) {
      if (count++ == 0) {
        example = a.equals(b) ? a : a + " = " + b;
      }
    }

    Optional<String> note(String one, String several, String hence) {
      return count == 0
          ? Optional.empty()
          : Optional.of(
              count + (count == 1 ? one : several) + " (such as " + example + "), " + hence + ".");
    }
  }

  private static int[] filesOf(LabelledFiles files, LongPredicate wanted) {
    return IntStream.range(0, files.size()).filter(i -> wanted.test(files.bytes(i))).toArray();
  }

  private static LongPredicate sizesOf(LabelledFiles files, int[] images) {
    long[] wanted = Arrays.stream(images).mapToLong(files::bytes).sorted().toArray();
    return size -> Arrays.binarySearch(wanted, size) >= 0;
  }

  // The number of known files of a size; 2 means 2 or more.
  private int count(long size) {
    int at = Arrays.binarySearch(sizes, size);
    if (at < 0) {
      return 0;
    }
    boolean before = at > 0 && sizes[at - 1] == size;
    boolean after = at + 1 < sizes.length && sizes[at + 1] == size;
    return before || after ? 2 : 1;
  }

  // Files that cannot be read are reported when they are decoded.
  private static boolean isSame(Path a, Path b) {
    try {
      return a.equals(b) || Files.mismatch(a, b) == -1;
    } catch (IOException e) {
      return false;
    }
  }

  private static Optional<Sample> sample(LabelledFiles files, int i) {
    long size = files.bytes(i);
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(size, SAMPLE_BYTES));
    try (SeekableByteChannel file = Files.newByteChannel(files.path(i), StandardOpenOption.READ)) {
      file.position((size - bytes.capacity()) / 2);
      int read = 0;
      while (read >= 0 && bytes.hasRemaining()) {
        read = file.read(bytes);
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.array(), 0, bytes.position());
    return Optional.of(new Sample(size, checksum.getValue()));
  }
}
