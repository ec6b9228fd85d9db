package dev.discern.view;

import dev.discern.image.Pixels;

/** Stretches each channel to the full range: torchvision's {@code autocontrast}. */
record AutoContrast() implements Operation {
  @Override
  public Pixels apply(Pixels pixels) {
    return Lookup.mapEachChannel(pixels, AutoContrast::stretching);
  }

  private static byte[] stretching(int[] histogram) {
    int low = 0;
    while (histogram[low] == 0) {
      low++;
    }
    int high = 255;
    while (histogram[high] == 0) {
      high--;
    }
    double scale = high == low ? 1 : 255.0 / (high - low);
    double offset = high == low ? 0 : -low * scale;
    return Lookup.table(value -> (int) (value * scale + offset));
  }
}
