package dev.discern.check;

/** What a check can find. */
public enum Kind {
  /** An image file that cannot be decoded. */
  UNREADABLE("unreadable", "Unreadable images", true),
  /** A file beside the images that is not read. */
  ODD("odd-file", "Files that are not read", false),
  /** Copies of a picture that have different labels. */
  CONTRADICTION("duplicate-with-other-label", "Duplicates with different labels", true),
  /** Copies of a picture in different parts. */
  LEAK("duplicate-across-parts", "Duplicates across parts", true),
  /** Copies of a picture in one part, with one label. */
  DUPLICATE("duplicate", "Duplicates", false),
  /** A label that looks wrong. */
  LABEL("suspect-label", "Labels that look wrong", false),
  /** A class of few images. */
  SMALL_CLASS("small-class", "Small classes", false),
  /** Two classes that a classifier often confuses. */
  OVERLAP("overlapping-classes", "Classes that overlap", false),
  /** An image unlike all others. */
  UNLIKE("unlike-others", "Images unlike all others", false),
  /** An image that is much smaller or larger than the others. */
  SIZE("unusual-size", "Unusual sizes", false),
  /** An image of another shape than the others. */
  ASPECT("unusual-shape", "Unusual shapes", false),
  /** An image that is much darker or brighter than the others. */
  BRIGHTNESS("unusual-brightness", "Unusual brightness", false),
  /** An image with almost one color. */
  BLANK("blank", "Blank images", false),
  /** An image that is much less sharp than the others. */
  BLUR("blurred", "Blurred images", false);

  private final String key;
  private final String title;
  private final boolean strict;

  Kind(String key, String title, boolean strict) {
    this.key = key;
    this.title = title;
    this.strict = strict;
  }

  /**
   * The name in {@code check.json}.
   *
   * @return lower case, with hyphens
   */
  public String key() {
    return key;
  }

  /**
   * The heading of the findings of this kind.
   *
   * @return in the plural
   */
  public String title() {
    return title;
  }

  /**
   * Whether a finding is a fault in itself, which a strict check does not accept. Others are
   * suspicions and oddities, which every data set has.
   *
   * @return true for unreadable images, and for duplicates across parts or with different labels
   */
  public boolean isStrict() {
    return strict;
  }
}
