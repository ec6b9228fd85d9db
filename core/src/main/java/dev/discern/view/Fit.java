package dev.discern.view;

import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.image.Pixels;
import dev.discern.image.Raster;
import java.util.SplittableRandom;

/** How an image of any size becomes one of the size that the network takes. */
public sealed interface Fit extends Step permits CenterCrop, RandomResizedCrop {
  /**
   * Crops and scales.
   *
   * @param raster the decoded image, which stays open
   * @param shape the height and width wanted
   * @param interpolation the filter for scaling
   * @param random the only source of randomness
   * @return new pixels of the raster's channels and the shape's height and width
   */
  Pixels apply(
      Raster raster, ImageShape shape, Interpolation interpolation, SplittableRandom random);

  /**
   * The share of the scaled image that is kept, each way.
   *
   * @return a number in (0, 1]; 1 where the whole of a crop is scaled to size
   */
  double ratio();
}
