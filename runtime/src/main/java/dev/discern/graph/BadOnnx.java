package dev.discern.graph;

/** A file that is not a usable network. The message completes "The file FILE ...". */
public final class BadOnnx extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a refusal.
   *
   * @param message what completes the sentence, without its period
   */
  public BadOnnx(String message) {
    super(message);
  }

  static BadOnnx damaged() {
    return new BadOnnx(
        "is not an ONNX file, or it is truncated or damaged. Export the network again");
  }

  static BadOnnx unusual(String what) {
    return new BadOnnx("is refused: " + what + ". Export the network again with Discern");
  }
}
