package dev.discern.view;

import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.image.Pixels;
import dev.discern.image.Raster;
import java.util.SplittableRandom;

/** Converts an image of any size to the network's input size. */
public sealed interface Fit extends Step permits CenterCrop, RandomResizedCrop {
  /**
   * Crops and scales.
   *
   * @param raster the decoded image, which stays open
   * @param shape the target height and width
   * @param interpolation the filter for scaling
   * @param random the only source of randomness
   * @return new pixels of the raster's channels and the shape's height and width
   */
  Pixels apply(
      Raster raster, ImageShape shape, Interpolation interpolation, SplittableRandom random);

  /**
   * The share of the scaled image that is kept along each side.
   *
   * @return a number in (0, 1]; 1 if a whole crop is scaled to size
   */
  double ratio();
}
