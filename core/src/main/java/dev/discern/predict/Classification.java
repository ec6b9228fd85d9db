package dev.discern.predict;

import java.nio.file.Path;

/** What came of one image of a batch. */
public sealed interface Classification {
  /**
   * The image.
   *
   * @return its path, as it was given
   */
  Path path();

  /**
   * An image that was classified.
   *
   * @param path the image
   * @param prediction its classes
   */
  record Done(Path path, Prediction prediction) implements Classification {}

  /**
   * An image that was not classified; the others were.
   *
   * @param path the image
   * @param reason a sentence for the user that names the image
   */
  record Failed(Path path, String reason) implements Classification {}
}
