package dev.discern.view;

import dev.discern.config.Check;
import dev.discern.image.Crop;
import dev.discern.image.ImageShape;
import dev.discern.image.Interpolation;
import dev.discern.image.Pixels;
import dev.discern.image.Raster;
import dev.discern.scale.Box;
import dev.discern.scale.CenterPlan;
import java.util.SplittableRandom;

/**
 * Scales the image so that the wanted size is {@code ratio} of it, and keeps the center: the
 * deterministic fit of validation, test and prediction.
 *
 * <p>The arithmetic is {@link CenterPlan}'s, which the runtime of applications shares.
 *
 * @param ratio the share of the scaled image that is kept along each side, in [0.1, 1]; 0.875 is
 *     common
 */
public record CenterCrop(double ratio) implements Fit {
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
    CenterPlan plan = CenterPlan.of(height, width, shape.height(), shape.width(), ratio);
    return new Plan(crop(plan.source()), plan.height(), plan.width(), crop(plan.window()));
  }

  private static Crop crop(Box box) {
    return new Crop(box.top(), box.left(), box.height(), box.width());
  }
}
