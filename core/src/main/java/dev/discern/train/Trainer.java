package dev.discern.train;

import dev.discern.config.Diverged;
import dev.discern.config.Internal;
import dev.discern.data.BatchStream;
import dev.discern.metric.EvaluationResult;
import dev.discern.torch.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/**
 * The training loop: for each epoch, its steps, a validation and the checkpoints. It resumes from
 * any {@link Progress}, even within an epoch, and ends with weights bit-identical to those of an
 * uninterrupted run.
 */
@Internal
public final class Trainer {
  private static final int WARM_STEPS = 3;

  private final Update update;
  private final Optional<WeightAverage> average;
  private final Course course;
  private final Function<BooleanSupplier, EvaluationResult> validation;
  private final Checkpoint checkpoint;
  private final TrainListener listener;

  /**
   * Prepares to train; the caller creates the parts and does not share them.
   *
   * @param update makes a step
   * @param average follows the weights; empty to measure and keep the weights themselves
   * @param course the lessons, epochs and learning rates
   * @param validation measures the network on the validation images, unless it is asked to stop; it
   *     then throws a {@code CancellationException}
   * @param checkpoint receives best and last
   * @param listener receives the events of training
   */
  public Trainer(
      Update update,
      Optional<WeightAverage> average,
      Course course,
      Function<BooleanSupplier, EvaluationResult> validation,
      Checkpoint checkpoint,
      TrainListener listener) {
    this.update = update;
    this.average = average;
    this.course = course;
    this.validation = validation;
    this.checkpoint = checkpoint;
    this.listener = listener;
  }

  /**
   * Trains until all epochs are done, none was better for long enough, or a stop is requested;
   * either way, it then writes {@code last}.
   *
   * @param start where to resume from; the network and optimizer must be in that state already
   * @param stop checked after every step and every batch of a validation
   * @return the progress: all epochs, or fewer if training was stopped
   * @throws Diverged if the loss is NaN or infinite; the checkpoints are then left as they were
   */
  public Progress train(Progress start, BooleanSupplier stop) {
    Progress progress = start;
    if (start.equals(Progress.START)) {
      average.ifPresent(WeightAverage::start);
    }
    while (!course.isOver(progress)) {
      progress = trainEpoch(progress, stop);
      if (progress.step() > 0) {
        requireFiniteWeights(progress.epoch(), progress.step());
        saveLast(progress);
        return progress;
      }
    }
    return progress;
  }

  /**
   * Runs the first steps to measure how long they take. This changes the weights: discard the
   * trainer afterwards.
   *
   * @param most the maximum number of steps to time, after three untimed ones
   * @return the median, in seconds per step
   */
  public double rehearse(int most) {
    List<Double> seconds = new ArrayList<>();
    Lesson lesson = course.lesson(0);
    try (BatchStream batches = lesson.feed().batches().epoch(0, 0)) {
      int steps = Math.min(course.stepsPerEpoch(), most + WARM_STEPS);
      for (int step = 0; step < steps; step++) {
        long startNanos = System.nanoTime();
        var unused = update.make(lesson, batches, 0, step, course.rate(0, step));
        follow(0, step);
        seconds.add((System.nanoTime() - startNanos) / 1e9);
      }
    }
    List<Double> warm = seconds.subList(Math.min(WARM_STEPS, seconds.size() - 1), seconds.size());
    return warm.stream().sorted().skip(warm.size() / 2).findFirst().orElseThrow();
  }

  private Progress trainEpoch(Progress start, BooleanSupplier stop) {
    long startNanos = System.nanoTime();
    Tally tally = start.tally();
    int step = start.step();
    Lesson lesson = course.lesson(start.epoch());
    long trainNanos = System.nanoTime(); // a lesson may measure the training images first
    int firstBatch = step * course.accumulate();
    try (BatchStream batches = lesson.feed().batches().epoch(start.epoch(), firstBatch)) {
      while (step < course.stepsPerEpoch()) {
        Update.Made made =
            update.make(lesson, batches, start.epoch(), step, course.rate(start.epoch(), step));
        requireFinite(made.loss(), start.epoch(), step + 1);
        follow(start.epoch(), step);
        step++;
        tally = tally.plus(made.tally());
        listener.onStep(start.epoch() + 1, step, course.stepsPerEpoch(), tally.meanLoss());
        if (stop.getAsBoolean()) {
          return new Progress(start.epoch(), step, tally, start.best());
        }
      }
    }
    double trainSeconds = (System.nanoTime() - trainNanos) / 1e9;
    try {
      return finishEpoch(start, tally, startNanos, trainSeconds, stop);
    } catch (CancellationException e) {
      // Its steps are done; only the validation is left.
      return new Progress(start.epoch(), course.stepsPerEpoch(), tally, start.best());
    }
  }

  private void follow(int epoch, int step) {
    average.ifPresent(mean -> mean.follow(course.stepsBefore(epoch, step)));
  }

  private Progress finishEpoch(
      Progress start, Tally tally, long startNanos, double trainSeconds, BooleanSupplier stop) {
    int epoch = start.epoch() + 1;
    requireFiniteWeights(start.epoch(), course.stepsPerEpoch());
    EvaluationResult validated = validate(start.epoch(), stop);
    long imagesHere = tally.images() - start.tally().images();
    listener.onEpoch(
        new EpochResult(
            epoch,
            (long) epoch * course.stepsPerEpoch(),
            course.rate(start.epoch(), course.stepsPerEpoch() - 1),
            tally.meanLoss(),
            tally.top1(),
            tally.meanTerms(),
            validated,
            (System.nanoTime() - startNanos) / 1e9,
            imagesHere / trainSeconds));
    Progress progress =
        new Progress(epoch, 0, Tally.EMPTY, start.best().orBetter(epoch, validated));
    if (progress.best().epoch() == epoch) {
      checkpoint.saveBest(average.map(WeightAverage::network).orElse(update.network()), progress);
    }
    saveLast(progress);
    return progress;
  }

  private void saveLast(Progress progress) {
    checkpoint.saveLast(update.network(), update.optimizer(), average, progress);
  }

  private EvaluationResult validate(int epoch, BooleanSupplier stop) {
    try {
      return validation.apply(stop);
    } catch (Diverged e) {
      throw diverged(
          "the loss on the validation images became NaN or infinite",
          epoch,
          course.stepsPerEpoch());
    }
  }

  private void requireFinite(double loss, int epoch, int step) {
    if (!Double.isFinite(loss)) {
      throw diverged("the loss became " + loss, epoch, step);
    }
  }

  // A step's own loss does not reflect its effect on the weights, so they are checked before they
  // are measured or saved.
  private void requireFiniteWeights(int epoch, int step) {
    try (Scope scope = new Scope()) {
      for (Tensor tensor : update.network().store().state().values()) {
        if (!tensor.isfinite().all().item_bool()) {
          throw diverged("a step made weights NaN or infinite", epoch, step);
        }
      }
    }
  }

  private Diverged diverged(String what, int epoch, int step) {
    return new Diverged(
        "Training diverged: "
            + what
            + " in epoch "
            + (epoch + 1)
            + ", step "
            + step
            + ". "
            + (checkpoint.exists()
                ? "The last checkpoint is kept."
                : "No checkpoint has been written yet.")
            + " Try a smaller optim.lr, optim.clipNorm 1 or train.precision fp32.",
        epoch + 1,
        step);
  }
}
