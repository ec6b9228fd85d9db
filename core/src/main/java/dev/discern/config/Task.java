package dev.discern.config;

/** How many classes an image has, which determines the meaning of a network's outputs. */
public enum Task {
  /** Exactly one: the outputs are a distribution over the classes. */
  ONE_LABEL("one class per image"),
  /** Any number, none included: each output is an independent probability. */
  MANY_LABELS("several labels per image");

  private final String words;

  Task(String words) {
    this.words = words;
  }

  /**
   * The task in a sentence's middle.
   *
   * @return such as "one class per image"
   */
  public String words() {
    return words;
  }
}
