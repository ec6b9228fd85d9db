package dev.discern.view;

import dev.discern.image.Pixels;

/**
 * Keeps the high bits of every value: torchvision's {@code posterize}.
 *
 * @param bits the number of bits to keep, 1 to 8
 */
record Posterize(int bits) implements Operation {
  @Override
  public Pixels apply(Pixels pixels) {
    int mask = -(1 << (8 - bits));
    return Lookup.map(pixels, Lookup.table(value -> value & mask));
  }
}
