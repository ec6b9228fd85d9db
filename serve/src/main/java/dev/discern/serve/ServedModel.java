package dev.discern.serve;

import java.nio.file.Path;
import java.util.List;

/** A network that is ready to answer. All methods but {@code close} may be called concurrently. */
interface ServedModel extends AutoCloseable {
  /** What it is. */
  ModelInfo info();

  /** The file that it was read from; a change of it means that there is a new model. */
  Path file();

  /**
   * Decodes and scales an image.
   *
   * @throws UnusableImage if the image is damaged, too large, or of an unknown format
   */
  Prepared prepare(Input input) throws UnusableImage;

  /** The probabilities of all classes, for each image, in the order of {@link ModelInfo}. */
  List<double[]> run(List<Prepared> images);

  /**
   * How likely the classes before one of a prediction set may be together.
   *
   * @param coverage the probability with which a set holds the true class, in (0, 1)
   * @throws dev.discern.failure.DiscernException if the model has no prediction sets
   */
  double threshold(double coverage);

  /** Frees native memory. */
  @Override
  void close();

  /** An image that is ready to run through the network that prepared it. */
  interface Prepared {}

  /** Opens models. */
  @FunctionalInterface
  interface Opener {
    /**
     * Opens a model.
     *
     * @throws dev.discern.failure.DiscernException if it cannot be opened
     */
    ServedModel open(Path path);
  }
}
