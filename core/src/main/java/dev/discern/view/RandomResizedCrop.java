package dev.discern.view;

import dev.discern.config.Check;
import dev.discern.image.Crop;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.image.Pixels;
import dev.discern.image.Raster;
import java.util.SplittableRandom;

/**
 * Scales a random rectangle of the image to the wanted size: its area is uniform, its aspect
 * uniform on a logarithmic scale. After ten tries that do not fit into the image, the largest
 * central rectangle of an allowed aspect is taken. Equal to torchvision's {@code
 * RandomResizedCrop}.
 *
 * <p>Source: Szegedy et al., "Going Deeper with Convolutions", arXiv 1409.4842 (2014), section 6.
 *
 * @param minScale the smallest share of the image's area, in (0, maxScale]; 0.08 is common
 * @param maxScale the largest share of the image's area, at most 1
 * @param minAspect the smallest width over height, above 0; 3/4 is common
 * @param maxAspect the largest width over height, at least minAspect; 4/3 is common
 */
public record RandomResizedCrop(
    double minScale, double maxScale, double minAspect, double maxAspect) implements Fit {
  private static final int TRIES = 10;

  /**
   * Checks the ranges.
   *
   * @throws dev.discern.config.InvalidConfig if one is empty or out of range
   */
  public RandomResizedCrop {
    Ranges.share("resized-crop", minScale, maxScale);
    Check.positive("resized-crop", "minAspect", minAspect);
    Check.positive("resized-crop", "maxAspect", maxAspect);
    Ranges.ordered("resized-crop", "minAspect", minAspect, "maxAspect", maxAspect);
  }

  @Override
  public Pixels apply(
      Raster raster, ImageShape shape, Interpolation interpolation, SplittableRandom random) {
    Crop crop = draw(raster.height(), raster.width(), random);
    return raster.scaled(crop, shape.height(), shape.width(), interpolation);
  }

  @Override
  public double ratio() {
    return 1;
  }

  Crop draw(int height, int width, SplittableRandom random) {
    double area = (double) height * width;
    for (int i = 0; i < TRIES; i++) {
      double target = area * Ranges.uniform(random, minScale, maxScale);
      double aspect = Ranges.logUniform(random, minAspect, maxAspect);
      double w = Math.rint(Math.sqrt(target * aspect));
      double h = Math.rint(Math.sqrt(target / aspect));
      if (w >= 1 && w <= width && h >= 1 && h <= height) {
        int top = random.nextInt(height - (int) h + 1);
        int left = random.nextInt(width - (int) w + 1);
        return new Crop(top, left, (int) h, (int) w);
      }
    }
    return central(height, width);
  }

  Crop central(int height, int width) {
    double aspect = (double) width / height;
    int h = height;
    int w = width;
    if (aspect < minAspect) {
      h = (int) Math.max(1, Math.rint(width / minAspect));
    } else if (aspect > maxAspect) {
      w = (int) Math.max(1, Math.rint(height * maxAspect));
    }
    return new Crop((height - h) / 2, (width - w) / 2, h, w);
  }
}
