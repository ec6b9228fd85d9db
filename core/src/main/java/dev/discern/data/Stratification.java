package dev.discern.data;

import dev.discern.config.WorkFailed;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Divides images of several labels among parts so that each label's images are divided in the same
 * proportions: again and again the label with the fewest images not yet placed has them placed,
 * each into the part that still wants most of that label. Images without labels come last.
 *
 * <p>Source: Sechidis, Tsoumakas, Vlahavas, On the Stratification of Multi-Label Data, ECML PKDD
 * 2011, algorithm 1. Theirs breaks the last ties at random; here the first part wins. Here, too, a
 * part that still lacks a label at the end receives an image of it that another part can spare.
 */
final class Stratification {
  private static final int NONE = -1;
  // If few images carry many labels, one draw may leave a gap that the next does not.
  private static final int DRAWS = 100;

  private final ImageSet set;
  private final int[][] labels;
  // How many images each part still wants, and of each label: [parts] and [parts][classes].
  private final int[] wanted;
  private final int[][] wantedOf;
  // [images], none while an image is not placed.
  private final int[] partOf;

  private Stratification(ImageSet set, double[] shares) {
    this.set = set;
    labels = IntStream.range(0, set.size()).mapToObj(set::labels).toArray(int[][]::new);
    int[] counts = set.classCounts();
    wanted = Splitter.sizes(set.size(), shares);
    wantedOf = new int[wanted.length][counts.length];
    Splitter.requireEnough(set, wanted.length);
    for (int k = 0; k < counts.length; k++) {
      int[] sizes = Splitter.sizes(counts[k], shares);
      for (int p = 0; p < sizes.length; p++) {
        wantedOf[p][k] = sizes[p];
      }
    }
    partOf = new int[set.size()];
    Arrays.fill(partOf, NONE);
  }

  /**
   * Places every image.
   *
   * @param set images of several labels
   * @param random decides which images go where
   * @param shares of each part to hold out; what remains is the last part
   * @return each image's part, every label in every part
   * @throws WorkFailed if a label has too few images, or if other labels need its images in their
   *     parts
   */
  static int[] draw(ImageSet set, SplittableRandom random, double[] shares) {
    int missed = NONE;
    for (int draw = 0; draw < DRAWS; draw++) {
      Stratification placed = new Stratification(set, shares);
      int[] order = IntStream.range(0, set.size()).toArray();
      Splitter.shuffle(order, random);
      placed.placeByRarestLabel(order);
      placed.placeTheRest(order);
      missed = placed.giveEachPartEachLabel(order);
      if (missed == NONE) {
        return placed.partOf;
      }
    }
    throw new WorkFailed(
        "Class '"
            + set.classNames().get(missed)
            + "' cannot be divided among "
            + Splitter.parts(shares.length + 1)
            + ": its images carry other rare classes that would be missing there. Add"
            + " images, or leave the class out.");
  }

  private void placeTheRest(int[] order) {
    for (int i : order) {
      if (partOf[i] == NONE) {
        place(i, partThatWants(wanted));
      }
    }
  }

  private void placeByRarestLabel(int[] order) {
    int[] left = set.classCounts();
    for (int k = rarest(left); k != NONE; k = rarest(left)) {
      for (int i : order) {
        if (partOf[i] == NONE && has(i, k)) {
          int label = k;
          place(i, partThatWants(Arrays.stream(wantedOf).mapToInt(of -> of[label]).toArray()));
          for (int other : labels[i]) {
            left[other]--;
          }
        }
      }
    }
  }

  private static int rarest(int[] left) {
    int rarest = NONE;
    for (int k = 0; k < left.length; k++) {
      if (left[k] > 0 && (rarest == NONE || left[k] < left[rarest])) {
        rarest = k;
      }
    }
    return rarest;
  }

  private int partThatWants(int[] most) {
    int best = 0;
    for (int p = 1; p < most.length; p++) {
      if (most[p] > most[best] || (most[p] == most[best] && wanted[p] > wanted[best])) {
        best = p;
      }
    }
    return best;
  }

  private void place(int i, int part) {
    partOf[i] = part;
    wanted[part]--;
    for (int k : labels[i]) {
      wantedOf[part][k]--;
    }
  }

  // A label's few images may all have been placed for the sake of rarer labels they also carry.
  // Every move fills one gap and opens none. Returns a label whose gap cannot be filled, or none.
  private int giveEachPartEachLabel(int[] order) {
    int[][] counts = new int[wanted.length][set.classNames().size()];
    for (int i = 0; i < partOf.length; i++) {
      count(counts, i, 1);
    }
    for (int p = 0; p < counts.length; p++) {
      for (int k = 0; k < counts[p].length; k++) {
        if (counts[p][k] == 0) {
          int moved = spare(order, counts, k);
          if (moved == NONE) {
            return k;
          }
          count(counts, moved, -1);
          partOf[moved] = p;
          count(counts, moved, 1);
        }
      }
    }
    return NONE;
  }

  private void count(int[][] counts, int i, int sign) {
    for (int k : labels[i]) {
      counts[partOf[i]][k] += sign;
    }
  }

  // An image with the label whose part has others for each of its labels: from the part with most.
  private int spare(int[] order, int[][] counts, int k) {
    int best = NONE;
    for (int i : order) {
      int[] here = counts[partOf[i]];
      if (has(i, k)
          && Arrays.stream(labels[i]).allMatch(label -> here[label] > 1)
          && (best == NONE || here[k] > counts[partOf[best]][k])) {
        best = i;
      }
    }
    return best;
  }

  private boolean has(int i, int k) {
    return Labels.contains(labels[i], k);
  }
}
