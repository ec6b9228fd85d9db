package discern.optim;

import discern.config.OptimConfig;
import java.util.List;

/**
 * The learning rate as a pure function of the step: a shape in (0, 1] of the progress after
 * warm-up, times the peak rate.
 *
 * @param peak the largest rate
 * @param totalSteps steps of the whole run
 * @param warmupSteps steps of the linear rise at the start; less than {@code totalSteps}
 * @param shape the form after the warm-up
 */
public record LrSchedule(double peak, long totalSteps, long warmupSteps, Shape shape) {

  /** The form of a schedule after its warm-up. */
  public sealed interface Shape {
    /**
     * The share of the peak rate.
     *
     * @param step of the whole run, counted from 0
     * @param warmup steps of warm-up
     * @param total steps of the run
     * @return in (0, 1]
     */
    double at(double step, double warmup, double total);
  }

  /** The peak rate throughout. */
  public record Constant() implements Shape {
    @Override
    public double at(double step, double warmup, double total) {
      return 1;
    }
  }

  /** Half a cosine from 1 to almost 0 (Loshchilov and Hutter, 2017, eq. 5, without restarts). */
  public record Cosine() implements Shape {
    @Override
    public double at(double step, double warmup, double total) {
      return (1 + Math.cos(Math.PI * (step - warmup) / (total - warmup))) / 2;
    }
  }

  /**
   * A factor at each milestone.
   *
   * @param milestones steps from which the next factor holds
   * @param gamma the factor
   */
  public record MultiStep(List<Long> milestones, double gamma) implements Shape {
    @Override
    public double at(double step, double warmup, double total) {
      return Math.pow(gamma, milestones.stream().filter(m -> step >= m).count());
    }
  }

  /**
   * A cosine rise from 1/25 over the first 30 % of the steps, then a cosine fall to 1/250,000: one
   * cycle as PyTorch's {@code OneCycleLR} has it by default (Smith and Topin, 2018). It is its own
   * warm-up.
   */
  public record OneCycle() implements Shape {
    private static final double RISE = 0.3;
    private static final double FIRST = 1 / 25.0;
    private static final double LAST = FIRST / 1e4;

    @Override
    public double at(double step, double warmup, double total) {
      double summit = RISE * total - 1;
      return step <= summit
          ? between(FIRST, 1, step / summit)
          : between(1, LAST, (step - summit) / (total - 1 - summit));
    }

    private static double between(double from, double to, double share) {
      return to + (from - to) / 2 * (1 + Math.cos(Math.PI * share));
    }
  }

  /**
   * The schedule that a configuration asks for.
   *
   * @param config its schedule, warm-up and rates
   * @param stepsPerEpoch steps an epoch
   * @param epochs of the run
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
          case "one-cycle" -> new OneCycle();
          default -> new Cosine();
        };
    // A warm-up may not eat the run: where epochs are few, it takes a tenth of the steps at most.
    long asked = Math.round(config.warmupEpochs() * stepsPerEpoch);
    long warmup = shape instanceof OneCycle ? 0 : Math.min(asked, total / 10);
    return new LrSchedule(config.lr(), total, warmup, shape);
  }

  /**
   * The rate of a step.
   *
   * @param step counted from 0
   * @return above 0, at most the peak
   */
  public double rate(long step) {
    if (step < warmupSteps) {
      return peak * (step + 1) / warmupSteps;
    }
    return peak * shape.at(step, warmupSteps, totalSteps);
  }
}
