package dev.discern.weights;

import java.io.IOException;
import java.io.Serial;

/**
 * A file's tensors cannot be read. The message follows the file's name in a sentence and ends with
 * the way out.
 */
final class BadWeights extends IOException {
  @Serial private static final long serialVersionUID = 1L;
  private static final int SHOWN = 100;

  BadWeights(String message) {
    super(message);
  }

  /** The file contradicts itself or its size. */
  static BadWeights damaged(String reason) {
    return new BadWeights("is damaged (" + reason + "): use an intact copy");
  }

  /** A text from the file, short and on one line. */
  static String shown(String text) {
    String clean =
        text.codePoints()
            .limit(SHOWN)
            .collect(
                StringBuilder::new,
                (shown, c) -> shown.appendCodePoint(Character.isISOControl(c) ? '?' : c),
                StringBuilder::append)
            .toString();
    return clean.length() < text.length() ? clean + "..." : clean;
  }

  /** The file needs Python to run something. */
  static BadWeights unsafe(String what) {
    return new BadWeights(
        "asks for "
            + shown(what)
            + ", which is neither a tensor nor plain data and could run code: use a file that holds"
            + " only a model's state_dict(), best as safetensors");
  }
}
