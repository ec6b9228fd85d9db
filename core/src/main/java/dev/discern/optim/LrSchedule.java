package dev.discern.optim;

import dev.discern.config.OptimConfig;
import java.util.List;

/**
 * The learning rate as a pure function of the step: a linear warm-up, then a shape in (0, 1] times
 * the peak rate.
 *
 * <p>Warm-up step t of W uses (t + 1)/W of the rate at which the shape starts, so the first step
 * already learns and the last warm-up step uses the full starting rate.
 *
 * @param peak the highest rate, above 0
 * @param totalSteps the number of steps of the whole run, at least 1
 * @param warmupSteps the number of steps of the linear warm-up; less than {@code totalSteps}
 * @param shape the shape after the warm-up
 * @param epochFactors one factor of the rate per epoch, or empty
 */
public record LrSchedule(
    double peak, long totalSteps, long warmupSteps, Shape shape, List<Double> epochFactors) {
  private static final double ONE_CYCLE_RISE = 0.3;

  /** Rejects invalid rates and lengths. */
  public LrSchedule {
    epochFactors = List.copyOf(epochFactors);
    require(peak > 0 && Double.isFinite(peak), "peak rate", peak, "above 0 and finite");
    require(totalSteps >= 1, "number of steps", totalSteps, "1 or more");
    require(
        warmupSteps >= 0 && warmupSteps < totalSteps,
        "number of warm-up steps",
        warmupSteps,
        "0 or more, and less than the run's " + totalSteps);
  }

  /** The shape of a schedule after its warm-up. */
  public sealed interface Shape {
    /**
     * Returns the rate as a share of the peak rate.
     *
     * @param step the step within the whole run, counted from 0, at least {@code warmup}
     * @param warmup the number of warm-up steps
     * @param total the number of steps of the run
     * @return the share, in (0, 1]
     */
    double at(double step, double warmup, double total);
  }

  /** A constant rate: the peak rate throughout. */
  public record Constant() implements Shape {
    @Override
    public double at(double step, double warmup, double total) {
      return 1;
    }
  }

  /**
   * Cosine decay: half a cosine from 1 to almost 0 (Loshchilov and Hutter, 2017, eq. 5, without
   * restarts).
   */
  public record Cosine() implements Shape {
    @Override
    public double at(double step, double warmup, double total) {
      return (1 + Math.cos(Math.PI * (step - warmup) / (total - warmup))) / 2;
    }
  }

  /**
   * Step decay: multiplies the rate by a factor at each milestone.
   *
   * @param milestones the steps from which the next factor applies, counted from the start of the
   *     run including the warm-up; milestones past the end of the run have no effect
   * @param gamma the factor, in (0, 1]
   */
  public record MultiStep(List<Long> milestones, double gamma) implements Shape {
    /** Keeps an unmodifiable copy and rejects a factor outside its range. */
    public MultiStep {
      milestones = List.copyOf(milestones);
      require(gamma > 0 && gamma <= 1, "factor of multi-step", gamma, "in (0, 1]");
    }

    @Override
    public double at(double step, double warmup, double total) {
      return Math.pow(gamma, milestones.stream().filter(m -> step >= m).count());
    }
  }

  /**
   * One-cycle schedule: a cosine rise from 1/25, then a cosine decay to 1/250,000, as in PyTorch's
   * {@code OneCycleLR} with default settings (Smith and Topin, 2018). It replaces the linear
   * warm-up by this rise.
   *
   * @param rise the share of the steps used for the rise, in (0, 1)
   */
  public record OneCycle(double rise) implements Shape {
    private static final double FIRST = 1 / 25.0;
    private static final double LAST = FIRST / 1e4;

    /** Rejects a share outside its range. */
    public OneCycle {
      require(rise > 0 && rise < 1, "rise of one-cycle", rise, "in (0, 1)");
    }

    @Override
    public double at(double step, double warmup, double total) {
      double done = step - warmup;
      double steps = total - warmup;
      // The position of the peak. With very few steps it is before step 0, and the rise is skipped.
      double summit = rise * steps - 1;
      return done < summit
          ? between(FIRST, 1, done / summit)
          : between(1, LAST, (done - summit) / (steps - 1 - summit));
    }

    private static double between(double from, double to, double share) {
      double left = (1 + Math.cos(Math.PI * share)) / 2;
      return from * left + to * (1 - left);
    }
  }

  /**
   * Creates the schedule of a configuration.
   *
   * @param config the schedule, the warm-up and the rates
   * @param stepsPerEpoch the number of steps per epoch
   * @param epochs the number of epochs of the run
   * @return the schedule
   */
  public static LrSchedule of(OptimConfig config, int stepsPerEpoch, int epochs) {
    long total = (long) stepsPerEpoch * epochs;
    Shape shape =
        switch (config.schedule()) {
          case "constant" -> new Constant();
          case "multi-step" ->
              new MultiStep(
                  config.milestones().stream().map(e -> (long) e * stepsPerEpoch).toList(),
                  config.gamma());
          case "one-cycle" -> new OneCycle(ONE_CYCLE_RISE);
          default -> new Cosine();
        };
    // In short runs, the warm-up must not use up the run, so it takes at most a tenth of the steps.
    long asked = Math.round(config.warmupEpochs() * stepsPerEpoch);
    long warmup = shape instanceof OneCycle ? 0 : Math.min(asked, total / 10);
    return new LrSchedule(config.lr(), total, warmup, shape, config.lrFactors());
  }

  /**
   * Returns the learning rate of a step.
   *
   * @param step counted from 0, less than {@code totalSteps}
   * @return the rate, above 0 and at most the peak times the factor of the epoch
   * @throws IllegalArgumentException if the run has no such step
   */
  public double rate(long step) {
    require(step >= 0 && step < totalSteps, "step", step, "in [0, " + totalSteps + ")");
    double start = Math.max(step, warmupSteps);
    double rate = peak * shape.at(start, warmupSteps, totalSteps);
    double warm = step < warmupSteps ? rate * (step + 1) / warmupSteps : rate;
    return warm * factor(step);
  }

  private double factor(long step) {
    return epochFactors.isEmpty()
        ? 1
        : epochFactors.get((int) (step * epochFactors.size() / totalSteps));
  }

  private static void require(boolean holds, String name, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(
          "The " + name + " is " + value + ", but it must be " + rule + ".");
    }
  }
}
