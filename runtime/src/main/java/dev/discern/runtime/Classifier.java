package dev.discern.runtime;

import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Classifies images with a trained model.
 *
 * <p>Safe for use by several threads at once, without locks of the caller's: images are decoded on
 * the calling threads, and batches run side by side. Close it to free the model's native memory; a
 * call that is running then ends first, and later calls throw {@link IllegalStateException}.
 *
 * <p>All failures are {@link dev.discern.failure.DiscernException}s: {@link UnusableImage} for an
 * image, {@link UnusableModel} for a model, {@link dev.discern.failure.InvalidRequest} for a value
 * out of its range.
 */
public interface Classifier extends AutoCloseable {
  /**
   * Opens a model with the default options.
   *
   * @param path an ONNX file that Discern exported; or, if {@code discern-core} is on the class
   *     path, a run's folder or its weights
   * @return a classifier, for the caller to close
   * @throws UnusableModel if the file is missing, damaged, or not written by Discern
   */
  static Classifier open(Path path) {
    return open(path, Options.defaults());
  }

  /**
   * Opens a model.
   *
   * @param path an ONNX file that Discern exported; or, if {@code discern-core} is on the class
   *     path, a run's folder or its weights
   * @param options how to use the machine
   * @return a classifier, for the caller to close
   * @throws UnusableModel if the file is missing, damaged, or not written by Discern
   */
  static Classifier open(Path path, Options options) {
    return Models.open(path, options);
  }

  /**
   * The model's description.
   *
   * @return its classes, task, input and provenance
   */
  Card card();

  /**
   * Decodes, scales and crops an image. The work of a server's request thread; another thread may
   * run a batch of the results.
   *
   * @param image the image
   * @return the model's input
   * @throws UnusableImage if it cannot be decoded
   */
  PreparedImage prepare(Image image);

  /**
   * Runs prepared images through the network, as many at once as the options allow.
   *
   * @param images made by {@link #prepare} of a classifier whose card has the same input
   * @return one prediction per image, in their order
   */
  List<Prediction> classifyPrepared(List<PreparedImage> images);

  /**
   * Classifies an image.
   *
   * @param image the image
   * @return the prediction
   * @throws UnusableImage if it cannot be decoded
   */
  default Prediction classify(Image image) {
    return classifyPrepared(List.of(prepare(image))).get(0);
  }

  /**
   * Classifies an image file.
   *
   * @param image the file
   * @return the prediction
   * @throws UnusableImage if it is missing or cannot be decoded
   */
  default Prediction classify(Path image) {
    return classify(Image.of(image));
  }

  /**
   * Classifies the bytes of an image file.
   *
   * @param image the file's content
   * @return the prediction
   * @throws UnusableImage if it cannot be decoded
   */
  default Prediction classify(byte[] image) {
    return classify(Image.of(image));
  }

  /**
   * Classifies a stream of an image file.
   *
   * @param image read to its end, and not closed
   * @return the prediction
   * @throws UnusableImage if it cannot be read or decoded
   */
  default Prediction classify(InputStream image) {
    return classify(Image.of(image));
  }

  /**
   * Classifies an image of Java's own.
   *
   * @param image of any type
   * @return the prediction
   * @throws UnusableImage if it is too large
   */
  default Prediction classify(BufferedImage image) {
    return classify(Image.of(image));
  }

  /**
   * Classifies images in batches. The images are decoded one after another on the calling thread;
   * to decode on several, {@linkplain #prepare prepare} them there.
   *
   * @param images the images
   * @return one prediction per image, in their order
   * @throws UnusableImage if one of them cannot be decoded; prepare images one by one to handle the
   *     failure of each
   */
  default List<Prediction> classifyAll(List<Image> images) {
    List<PreparedImage> prepared = new ArrayList<>(images.size());
    for (int i = 0; i < images.size(); i++) {
      try {
        prepared.add(prepare(images.get(i)));
      } catch (UnusableImage e) {
        throw new UnusableImage(
            "Of " + images.size() + " images, number " + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return classifyPrepared(prepared);
  }

  /** Frees the model's memory. A second call does nothing. */
  @Override
  void close();
}
