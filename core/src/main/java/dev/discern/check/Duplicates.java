package dev.discern.check;

import dev.discern.check.Finding.Member;
import dev.discern.check.MeasuredImages.Measured;
import dev.discern.data.LoadListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Finds copies of pictures: exact ones, and those that were compressed again, scaled, mirrored or
 * cropped a little.
 *
 * <p>Candidates are images with equal small copies, with like hashes, or close to each other in
 * feature space; {@link SamePicture} then looks at their details. Only exact copies are looked for
 * among images that are almost one color, or of fewer than {@value #LEAST_SIDE} pixels a side:
 * their details say too little.
 */
final class Duplicates {
  /** The cosine of features from which on two neighbors are candidates. */
  static final double LEAST_COSINE = 0.75;

  /** The number of neighbors in feature space that are candidates. */
  static final int NEAREST = 3;

  private static final int LEAST_SIDE = 32;
  private static final double LEAST_CONTRAST = 5;
  private static final int MOST_BY_HASH = 16;

  private final Pool pool;
  private final List<Copy> copies;

  /**
   * A pair of copies.
   *
   * @param a an image of the pool
   * @param b one after it
   * @param how what was changed, in words
   * @param likeness up to 1
   */
  record Copy(int a, int b, String how, double likeness) {}

  private Duplicates(Pool pool, List<Copy> copies) {
    this.pool = pool;
    this.copies = copies;
  }

  /**
   * Looks for copies.
   *
   * @param pool the images
   * @param alike pairs of images with like features
   * @param listener receives the progress
   * @param stop true ends the search
   * @return what was found
   * @throws CancellationException if it was stopped
   */
  static Duplicates in(Pool pool, Pairs alike, LoadListener listener, BooleanSupplier stop) {
    long[] hashes = IntStream.range(0, pool.size()).mapToLong(i -> pool.sketch(i).hash()).toArray();
    Pairs candidates = HashNeighbors.within(hashes, i -> isTelling(pool, i), MOST_BY_HASH);
    candidates.addAll(alike);
    List<Copy> copies = new ArrayList<>(exact(pool));
    long[] pairs = candidates.distinct();
    listener.progress("comparing candidates for duplicates", 0, Math.max(1, pairs.length));
    Arrays.stream(pairs)
        .parallel()
        .mapToObj(
            pair -> {
              if (stop.getAsBoolean()) {
                throw new CancellationException("Looking for duplicates was stopped.");
              }
              return compared(pool, Pairs.first(pair), Pairs.second(pair));
            })
        .flatMap(Optional::stream)
        .forEachOrdered(copies::add);
    listener.progress("comparing candidates for duplicates", pairs.length, pairs.length);
    return new Duplicates(pool, copies);
  }

  /** Whether an image's details say enough to tell it from others. */
  static boolean isTelling(Pool pool, int i) {
    Measured image = pool.measured(i);
    return Math.min(image.width(), image.height()) >= LEAST_SIDE
        && image.sketch().contrast() >= LEAST_CONTRAST;
  }

  private record Look(long hash, int gray, int width, int height) {}

  private static List<Copy> exact(Pool pool) {
    Map<Look, List<Integer>> kept = new HashMap<>();
    List<Copy> copies = new ArrayList<>();
    for (int i = 0; i < pool.size(); i++) {
      int image = i;
      Measured m = pool.measured(i);
      Look look =
          new Look(m.sketch().hash(), Arrays.hashCode(m.sketch().gray()), m.width(), m.height());
      List<Integer> originals = kept.computeIfAbsent(look, l -> new ArrayList<>());
      Optional<Integer> original =
          originals.stream().filter(other -> pool.areCopies(other, image)).findFirst();
      original.ifPresentOrElse(
          other -> copies.add(new Copy(other, image, "exact copy", 1)), () -> originals.add(image));
    }
    return copies;
  }

  private static Optional<Copy> compared(Pool pool, int a, int b) {
    return isTelling(pool, a) && isTelling(pool, b)
        ? SamePicture.of(pool.sketch(a), pool.sketch(b))
            .map(match -> new Copy(a, b, match.change().words(), match.correlation()))
        : Optional.empty();
  }

  /** The pairs that were found. */
  List<Copy> copies() {
    return List.copyOf(copies);
  }

  /** The sets of copies. */
  Groups groups() {
    Groups groups = new Groups(pool.size());
    copies.forEach(copy -> groups.join(copy.a(), copy.b()));
    return groups;
  }

  /** A finding for each set of copies. */
  List<Finding> findings() {
    Map<Integer, String> how = new HashMap<>();
    Map<Integer, Double> likeness = new HashMap<>();
    // The best match of an image with one before it says how it was made.
    copies.stream()
        .sorted(Comparator.comparingDouble(Copy::likeness))
        .forEach(
            copy -> {
              how.put(copy.b(), copy.how());
              likeness.put(copy.b(), copy.likeness());
            });
    List<Finding> findings = new ArrayList<>();
    for (List<Integer> group : groups().several()) {
      List<Member> members =
          group.stream().map(i -> pool.member(i, how.getOrDefault(i, ""))).toList();
      double score = group.stream().mapToDouble(i -> likeness.getOrDefault(i, 0.0)).max().orElse(0);
      findings.add(new Finding(kind(members), text(members), score, members));
    }
    return findings;
  }

  private static Kind kind(List<Member> members) {
    return differ(members.stream().map(Member::labels).toList())
        ? Kind.CONTRADICTION
        : differ(members.stream().map(Member::part).toList()) ? Kind.LEAK : Kind.DUPLICATE;
  }

  private static boolean differ(List<?> values) {
    return values.stream().distinct().count() > 1;
  }

  private static String text(List<Member> members) {
    String parts = String.join(" and ", members.stream().map(Member::part).distinct().toList());
    String copies = members.size() + " copies of a picture";
    return differ(members.stream().map(Member::part).toList()) ? copies + ", in " + parts : copies;
  }
}
