package dev.discern.view;

import dev.discern.config.Check;
import dev.discern.image.Crop;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.image.Pixels;
import dev.discern.image.Raster;
import java.util.SplittableRandom;

/**
 * Scales the image so that the wanted size is {@code ratio} of it, and keeps the center: the
 * deterministic fit of validation, test and prediction.
 *
 * <p>For square sizes this is torchvision's {@code Resize(round(size / ratio))} and {@code
 * CenterCrop(size)}, with the same rounding of the longer side (down) and of the offset (half to
 * even). For other sizes, the image is scaled to cover {@code round(height / ratio)} by {@code
 * round(width / ratio)}.
 *
 * <p>Deviations: an image that already has the wanted size is not changed, whatever the ratio; and
 * a long strip is cropped before it is scaled, so that the image in between is at most four times
 * as long as needed.
 *
 * @param ratio the share of the scaled image that is kept along each side, in [0.1, 1]; 0.875 is
 *     common
 */
public record CenterCrop(double ratio) implements Fit {
  private static final int MOST_ELONGATED = 4;

  /**
   * Checks the ratio.
   *
   * @throws dev.discern.config.InvalidConfig if it is outside [0.1, 1]
   */
  public CenterCrop {
    Check.that(ratio >= 0.1 && ratio <= 1, "The crop ratio", ratio, "must lie in [0.1, 1]");
  }

  /**
   * A rectangle of the source, scaled, of which a window is kept.
   *
   * @param source the rectangle to scale
   * @param height rows to scale it to
   * @param width columns to scale it to
   * @param window the part of the result to keep
   */
  record Plan(Crop source, int height, int width, Crop window) {}

  @Override
  public Pixels apply(
      Raster raster, ImageShape shape, Interpolation interpolation, SplittableRandom random) {
    Plan plan = plan(raster.height(), raster.width(), shape);
    Pixels scaled = raster.scaled(plan.source(), plan.height(), plan.width(), interpolation);
    return Window.of(scaled, plan.window());
  }

  Plan plan(int height, int width, ImageShape shape) {
    if (height == shape.height() && width == shape.width()) {
      Crop whole = new Crop(0, 0, height, width);
      return new Plan(whole, height, width, whole);
    }
    long coverHeight = Math.round(shape.height() / ratio);
    long coverWidth = Math.round(shape.width() / ratio);
    Crop source = source(height, width, coverHeight, coverWidth);
    boolean wide = source.width() * coverHeight >= source.height() * coverWidth;
    long scaledHeight = wide ? coverHeight : coverWidth * source.height() / source.width();
    long scaledWidth = wide ? coverHeight * source.width() / source.height() : coverWidth;
    return new Plan(
        source,
        Math.toIntExact(scaledHeight),
        Math.toIntExact(scaledWidth),
        new Crop(
            offset(scaledHeight, shape.height()),
            offset(scaledWidth, shape.width()),
            shape.height(),
            shape.width()));
  }

  private static Crop source(int height, int width, long coverHeight, long coverWidth) {
    long mostWidth = Math.max(1, MOST_ELONGATED * coverWidth * height / coverHeight);
    long mostHeight = Math.max(1, MOST_ELONGATED * coverHeight * width / coverWidth);
    int keptHeight = (int) Math.min(height, mostHeight);
    int keptWidth = (int) Math.min(width, mostWidth);
    return new Crop((height - keptHeight) / 2, (width - keptWidth) / 2, keptHeight, keptWidth);
  }

  private static int offset(long scaled, int kept) {
    return (int) Math.rint((scaled - kept) / 2.0);
  }
}
