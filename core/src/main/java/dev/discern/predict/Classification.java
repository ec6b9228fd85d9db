package dev.discern.predict;

import java.nio.file.Path;

/** The result for one image of a batch. */
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
   * An image that could not be classified, which does not affect the others.
   *
   * @param path the image
   * @param reason a sentence for the user that names the image
   */
  record Failed(Path path, String reason) implements Classification {}
}
