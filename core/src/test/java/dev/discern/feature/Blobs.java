package dev.discern.feature;

import java.util.SplittableRandom;

/** Made features: a normal cloud per class, row {@code i} of class {@code i} modulo the classes. */
final class Blobs {
  private Blobs() {}

  static int[] labels(int rows, int classes) {
    int[] labels = new int[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = i % classes;
    }
    return labels;
  }

  /**
   * Draws features.
   *
   * @param apart how far a class's center is from 0 in each feature, in standard deviations
   */
  static FeatureTable features(
      int rows, int width, int classes, double apart, SplittableRandom random) {
    SplittableRandom places = new SplittableRandom(99);
    double[][] centers = new double[classes][width];
    for (double[] center : centers) {
      for (int f = 0; f < width; f++) {
        center[f] = apart * places.nextGaussian();
      }
    }
    float[] values = new float[rows * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (centers[i / width % classes][i % width] + random.nextGaussian());
    }
    return new FeatureTable(values, width);
  }
}
