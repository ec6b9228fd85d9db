package dev.discern.model;

import dev.discern.layer.Architecture;

/** An architecture with its parameters chosen, for images of any number of channels. */
@FunctionalInterface
public interface ModelFactory {
  /**
   * Builds the layers.
   *
   * @param channels of the images
   * @return the architecture
   */
  Architecture build(int channels);
}
