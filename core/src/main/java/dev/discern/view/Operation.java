package dev.discern.view;

import dev.discern.image.Pixels;

/**
 * A deterministic change to one image, with the arithmetic that torchvision inherits from Pillow,
 * rounding included. Golden images hold every operation to it, exactly.
 */
interface Operation {
  /** Changes an image that the caller gives up; it may be changed in place and returned. */
  Pixels apply(Pixels pixels);
}
