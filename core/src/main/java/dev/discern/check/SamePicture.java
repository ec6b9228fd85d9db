package dev.discern.check;

import java.util.Optional;

/**
 * Decides whether two images show the same picture. Their details are compared where one lies on
 * the other: two photographs of like scenes agree in their large areas, but not in their detail.
 */
final class SamePicture {
  /** The correlation of details from which on two images are the same picture. */
  static final double LEAST_CORRELATION = 0.85;

  private SamePicture() {}

  /** How one image was made of another, or both of a third. */
  enum Change {
    /** Compressed or scaled, perhaps into another shape, or recolored. */
    ENCODED("re-encoded or resized"),
    /** Mirrored left to right, and perhaps compressed or scaled. */
    MIRRORED("mirrored"),
    /** A part of the picture, perhaps compressed, scaled or mirrored. */
    CROPPED("cropped");

    private final String words;

    Change(String words) {
      this.words = words;
    }

    /** How a sentence names the change. */
    String words() {
      return words;
    }
  }

  /**
   * A match.
   *
   * @param change how the images differ
   * @param correlation of their details, up to 1
   */
  record Match(Change change, double correlation) {}

  /**
   * Compares two images.
   *
   * @param a an image
   * @param b another
   * @return the best match, or empty if the images show different pictures
   */
  static Optional<Match> of(Sketch a, Sketch b) {
    GrayImage whole = GrayImage.of(a);
    GrayImage part = GrayImage.of(b);
    Match best = better(matched(whole, part, false), matched(whole, part.mirrored(), true));
    return best.correlation() >= LEAST_CORRELATION ? Optional.of(best) : Optional.empty();
  }

  private static Match matched(GrayImage whole, GrayImage part, boolean mirrored) {
    Change still = mirrored ? Change.MIRRORED : Change.ENCODED;
    Match unmoved = new Match(still, Details.correlation(whole, part, Placement.SAME));
    return Registration.of(whole, part)
        .map(
            placement ->
                better(
                    unmoved,
                    new Match(
                        placement.isWhole(part.side()) ? still : Change.CROPPED,
                        Details.correlation(whole, part, placement))))
        .orElse(unmoved);
  }

  private static Match better(Match a, Match b) {
    return b.correlation() > a.correlation() ? b : a;
  }
}
