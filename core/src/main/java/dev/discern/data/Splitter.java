package dev.discern.data;

import dev.discern.config.Check;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.torch.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws stratified parts: each class is shuffled by the seed and divided among the parts by their
 * shares. {@link Stratification} divides images of several labels.
 */
final class Splitter {
  private static final long HOLD_OUT = 1;
  private static final long LIMIT = 2;

  private Splitter() {}

  /**
   * Takes shares of every class out of a set.
   *
   * @param set the set
   * @param seed decides which images go where
   * @param shares of each part to hold out, each in (0, 1), together below 1; a part gets at least
   *     one image of every class
   * @return the parts held out, in the order of the shares, then what remains, each in the order of
   *     the set
   * @throws WorkFailed if a class has fewer images than there are parts, or its images carry
   *     several labels and cannot be divided so that each part has each label
   */
  static List<ImageSet> holdOut(ImageSet set, long seed, double... shares) {
    return set.task() == Task.MANY_LABELS
        ? holdOutMany(set, seed, shares)
        : holdOutOne(set, seed, shares);
  }

  private static List<ImageSet> holdOutMany(ImageSet set, long seed, double[] shares) {
    int[] partOf = Stratification.draw(set, Seeds.random(seed, HOLD_OUT), shares);
    return IntStream.rangeClosed(0, shares.length)
        .mapToObj(p -> IntStream.range(0, partOf.length).filter(i -> partOf[i] == p).toArray())
        .<ImageSet>map(images -> Subset.of(set, images))
        .toList();
  }

  private static List<ImageSet> holdOutOne(ImageSet set, long seed, double[] shares) {
    int[][] members = shuffledMembers(set, seed, HOLD_OUT);
    requireEnough(set, shares.length + 1);
    Indices[] parts = new Indices[shares.length + 1];
    Arrays.setAll(parts, p -> new Indices(set.size()));
    for (int c = 0; c < members.length; c++) {
      int[] sizes = sizes(members[c].length, shares);
      int from = 0;
      for (int p = 0; p < parts.length; p++) {
        parts[p].add(members[c], from, sizes[p]);
        from += sizes[p];
      }
    }
    List<ImageSet> sets = new ArrayList<>();
    for (Indices part : parts) {
      sets.add(part.of(set));
    }
    return sets;
  }

  /**
   * Draws a subset that has at least one image of every class: stratified where images have one
   * class each. Of images with several labels, one for each label is kept first, rarest label
   * first, then any.
   *
   * @param train the set
   * @param limit the number of images to keep; 0 keeps all
   * @param seed decides which
   * @return the set itself, or a view of it
   * @throws dev.discern.config.InvalidConfig if the limit is below the number of classes
   */
  static ImageSet limit(ImageSet train, int limit, long seed) {
    if (limit == 0 || limit >= train.size()) {
      return train;
    }
    int classes = train.classNames().size();
    Check.that(
        limit >= classes,
        "data.limitTrain",
        limit,
        "must be 0 (all) or at least " + classes + ", one image per class");
    if (train.task() == Task.MANY_LABELS) {
      return limitMany(train, limit, seed);
    }
    int[][] members = shuffledMembers(train, seed, LIMIT);
    int[] sizes = shareOut(limit, members);
    Indices kept = new Indices(train.size());
    for (int c = 0; c < classes; c++) {
      kept.add(members[c], 0, sizes[c]);
    }
    return kept.of(train);
  }

  private static ImageSet limitMany(ImageSet train, int limit, long seed) {
    int[] order = IntStream.range(0, train.size()).toArray();
    shuffle(order, Seeds.random(seed, LIMIT));
    int[] counts = train.classCounts();
    int[] rarestFirst =
        IntStream.range(0, counts.length)
            .filter(k -> counts[k] > 0)
            .boxed()
            .sorted(Comparator.comparingInt(k -> counts[k]))
            .mapToInt(k -> k)
            .toArray();
    BitSet kept = new BitSet();
    BitSet covered = new BitSet();
    for (int k : rarestFirst) {
      if (!covered.get(k)) {
        int first =
            Arrays.stream(order)
                .filter(i -> Labels.contains(train.labels(i), k))
                .findFirst()
                .orElseThrow();
        kept.set(first);
        Arrays.stream(train.labels(first)).forEach(covered::set);
      }
    }
    Arrays.stream(order)
        .filter(i -> !kept.get(i))
        .limit(limit - kept.cardinality())
        .forEach(kept::set);
    return Subset.of(train, kept.stream().toArray());
  }

  // One image per class; the others go, one by one, to the class that lags most behind its
  // proportion.
  private static int[] shareOut(int limit, int[][] members) {
    double total = Arrays.stream(members).mapToInt(m -> m.length).sum();
    int[] sizes = new int[members.length];
    for (int c = 0; c < sizes.length; c++) {
      sizes[c] = Math.max(1, (int) Math.floor(limit * (members[c].length / total)));
    }
    int left = limit - Arrays.stream(sizes).sum();
    while (left != 0) {
      int sign = Integer.signum(left);
      int best = -1;
      double bestLag = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < sizes.length; c++) {
        double lag = sign * (limit * (members[c].length / total) - sizes[c]);
        boolean possible = sign > 0 ? sizes[c] < members[c].length : sizes[c] > 1;
        if (possible && lag > bestLag) {
          best = c;
          bestLag = lag;
        }
      }
      sizes[best] += sign;
      left -= sign;
    }
    return sizes;
  }

  /** Whole numbers in the proportion of the shares, the rest last; each at least 1. */
  static int[] sizes(int count, double[] shares) {
    int[] sizes = new int[shares.length + 1];
    int rest = count;
    for (int p = 0; p < shares.length; p++) {
      sizes[p] = (int) Math.max(1, Math.round(count * shares[p]));
      rest -= sizes[p];
    }
    for (; rest < 1; rest++) {
      sizes[indexOfLargest(sizes)]--;
    }
    sizes[shares.length] = rest;
    return sizes;
  }

  private static int indexOfLargest(int[] values) {
    int largest = 0;
    for (int k = 1; k < values.length; k++) {
      largest = values[k] > values[largest] ? k : largest;
    }
    return largest;
  }

  /** Refuses classes that have fewer images than there are parts; names all of them. */
  static void requireEnough(ImageSet set, int parts) {
    int[] counts = set.classCounts();
    List<String> tooFew =
        IntStream.range(0, counts.length)
            .filter(k -> counts[k] < parts)
            .mapToObj(
                k ->
                    "Class '"
                        + set.classNames().get(k)
                        + "' has "
                        + counts[k]
                        + (counts[k] == 1 ? " image" : " images")
                        + ", too few to share among "
                        + parts(parts)
                        + ": add images, or leave the class out.")
            .toList();
    if (!tooFew.isEmpty()) {
      throw new WorkFailed(FirstFew.of(tooFew, "such classes"));
    }
  }

  /** Names the parts that a set is shared among. */
  static String parts(int count) {
    return count + " parts (training, validation" + (count > 2 ? ", test" : "") + ")";
  }

  private static int[][] shuffledMembers(ImageSet set, long seed, long purpose) {
    int[] counts = set.classCounts();
    int[][] members = new int[counts.length][];
    Arrays.setAll(members, c -> new int[counts[c]]);
    int[] filled = new int[counts.length];
    for (int i = 0; i < set.size(); i++) {
      int c = set.label(i);
      members[c][filled[c]++] = i;
    }
    for (int c = 0; c < members.length; c++) {
      shuffle(members[c], Seeds.random(seed, purpose, c));
    }
    return members;
  }

  /** Fisher and Yates' shuffle, in place. */
  static void shuffle(int[] values, SplittableRandom random) {
    for (int k = values.length - 1; k > 0; k--) {
      int other = random.nextInt(k + 1);
      int held = values[k];
      values[k] = values[other];
      values[other] = held;
    }
  }

  /** Indices gathered class by class. */
  private static final class Indices {
    private final int[] values;
    private int count;

    Indices(int capacity) {
      values = new int[capacity];
    }

    void add(int[] from, int start, int length) {
      System.arraycopy(from, start, values, count, length);
      count += length;
    }

    Subset of(ImageSet set) {
      int[] sorted = Arrays.copyOf(values, count);
      Arrays.sort(sorted);
      return Subset.of(set, sorted);
    }
  }
}
