package dev.discern.codec;

/** A file that is not a usable image. The message completes "The image FILE ...". */
public final class BadImage extends Exception {
  private static final long serialVersionUID = 1L;
  private static final String REPAIR = ". Fetch it again, or remove it";

  private final boolean cut;

  private BadImage(String message, boolean cut) {
    super(message);
    this.cut = cut;
  }

  /**
   * Creates a refusal.
   *
   * @param message what completes the sentence, without its period
   */
  public BadImage(String message) {
    this(message, false);
  }

  /**
   * The file ends early.
   *
   * @param format its format
   * @return a refusal
   */
  public static BadImage cut(String format) {
    return new BadImage(
        "is truncated: the " + format + " file ends before its picture does" + REPAIR, true);
  }

  /**
   * The file contradicts its format.
   *
   * @param what a clause that says how
   * @return a refusal
   */
  public static BadImage damaged(String what) {
    return new BadImage("is damaged: " + what + REPAIR);
  }

  /**
   * The file is valid, but in an unsupported format variant.
   *
   * @param what the variant
   * @return a refusal
   */
  public static BadImage unread(String what) {
    return new BadImage("is " + what + ", which is not read here. Convert it to JPEG or PNG");
  }

  /**
   * Whether reading more bytes of the same file could help.
   *
   * @return true for a file that ends early
   */
  public boolean isCut() {
    return cut;
  }
}
