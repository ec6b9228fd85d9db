package dev.discern.runtime;

import java.nio.file.Path;

/**
 * Opens models of another kind than ONNX files. Found by {@link java.util.ServiceLoader}; {@code
 * discern-core} provides one for runs.
 */
public interface ClassifierProvider {
  /**
   * Opens a model.
   *
   * @param path a folder, or a file that is not an ONNX file
   * @param options how to use the machine
   * @return a classifier, for the caller to close
   * @throws dev.discern.failure.DiscernException if it cannot be opened
   */
  Classifier open(Path path, Options options);
}
