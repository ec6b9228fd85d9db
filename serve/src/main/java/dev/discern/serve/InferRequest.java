package dev.discern.serve;

import java.util.List;
import java.util.Optional;

/**
 * An inference request of the Open Inference Protocol.
 *
 * @param id what the client calls it; empty if it gave none
 * @param images the images of its input
 * @param outputs the outputs it wants, in order
 */
record InferRequest(Optional<String> id, List<Input> images, List<Output> outputs) {
  /** The input of decoded images: UINT8, {@code [n, height, width, 3]}. */
  static final String IMAGES = "images";

  /** The input of image files: BYTES, {@code [n]}. */
  static final String ENCODED = "encoded";

  /**
   * An output that the client wants.
   *
   * @param name its name
   * @param binary whether as bytes after the JSON, or in the JSON
   */
  record Output(String name, boolean binary) {}
}
