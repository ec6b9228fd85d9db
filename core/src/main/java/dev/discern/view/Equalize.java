package dev.discern.view;

import dev.discern.image.Pixels;

/** Makes each channel's histogram as even as possible: torchvision's {@code equalize}. */
record Equalize() implements Operation {
  @Override
  public Pixels apply(Pixels pixels) {
    return Lookup.mapEachChannel(pixels, Equalize::evening);
  }

  private static byte[] evening(int[] histogram) {
    int highest = 255;
    while (histogram[highest] == 0) {
      highest--;
    }
    int below = 0;
    for (int value = 0; value < highest; value++) {
      below += histogram[value];
    }
    int step = below / 255;
    if (step == 0) {
      return Lookup.table(value -> value);
    }
    int[] sums = new int[256];
    sums[0] = step / 2;
    for (int value = 1; value < 256; value++) {
      sums[value] = sums[value - 1] + histogram[value - 1];
    }
    return Lookup.table(value -> sums[value] / step);
  }
}
