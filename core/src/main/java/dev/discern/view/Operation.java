package dev.discern.view;

import dev.discern.image.Pixels;

/**
 * A deterministic change to one image, with the arithmetic that torchvision inherits from Pillow,
 * rounding included. Tests compare every operation with golden images, exactly.
 */
interface Operation {
  /** Changes an image that the caller hands over; it may be changed in place and returned. */
  Pixels apply(Pixels pixels);
}
