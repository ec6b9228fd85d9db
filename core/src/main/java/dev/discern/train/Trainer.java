package dev.discern.train;

import dev.discern.config.Diverged;
import dev.discern.config.OptimConfig;
import dev.discern.config.RunConfig;
import dev.discern.config.Spec;
import dev.discern.data.Batch;
import dev.discern.data.BatchLoader;
import dev.discern.data.BatchStream;
import dev.discern.head.HeadLoss;
import dev.discern.head.Methods;
import dev.discern.loss.ProbabilityCurve;
import dev.discern.loss.Targets;
import dev.discern.metric.EvaluationResult;
import dev.discern.optim.LrSchedule;
import dev.discern.optim.Optimizer;
import dev.discern.torch.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The training loop: for each epoch its steps, a validation, the checkpoints. It goes on from any
 * {@link Progress}, within an epoch too, and ends with the bits an uncut run would have ended with.
 */
public final class Trainer {
  private static final int WARM_STEPS = 3;

  private final Network network;
  private final Optimizer optimizer;
  private final LrSchedule schedule;
  private final Objective objective;
  private final Lessons lessons;
  private final BatchLoader validation;
  private final Checkpoint checkpoint;
  private final RunConfig config;
  private final TrainListener listener;
  private final TensorVector parameters;
  private final Optional<ProbabilityCurve> curve;
  private final int stepsPerEpoch;

  /**
   * Prepares to train; the parts are made by the caller and shared with nobody.
   *
   * @param network what to train
   * @param optimizer of its parameters
   * @param schedule the learning rate of each step
   * @param objective labels to targets, for validation
   * @param lessons what is taught when
   * @param stepsPerEpoch batches of every lesson
   * @param validation loader of the validation images, in order
   * @param checkpoint receives best and last
   * @param config epochs, clipping and the loss's name
   * @param listener told what happens
   */
  public Trainer(
      Network network,
      Optimizer optimizer,
      LrSchedule schedule,
      Objective objective,
      Lessons lessons,
      int stepsPerEpoch,
      BatchLoader validation,
      Checkpoint checkpoint,
      RunConfig config,
      TrainListener listener) {
    this.network = network;
    this.optimizer = optimizer;
    this.schedule = schedule;
    this.objective = objective;
    this.lessons = lessons;
    this.validation = validation;
    this.checkpoint = checkpoint;
    this.config = config;
    this.listener = listener;
    this.parameters =
        new TensorVector(network.store().parameters().values().toArray(Tensor[]::new));
    // With smoothed targets the gradient is no multiple of cross-entropy's: there is no gain.
    this.curve =
        config.loss().labelSmoothing() > 0
            ? Optional.empty()
            : Methods.CATALOGUE.create(Spec.parse(config.loss().spec())).curve();
    this.stepsPerEpoch = stepsPerEpoch;
  }

  /**
   * Trains until all epochs are done or a stop is asked for; either way {@code last} is then
   * written.
   *
   * @param start where to go on from; the network and optimizer must stand there already
   * @param stop asked after every step and every batch of a validation
   * @return where training stands: all epochs, or fewer if it was stopped
   * @throws Diverged if the loss is NaN or infinite; the checkpoints are then left as they were
   */
  public Progress train(Progress start, BooleanSupplier stop) {
    Progress progress = start;
    while (progress.epoch() < config.train().epochs()) {
      progress = trainEpoch(progress, stop);
      if (progress.step() > 0) {
        requireFiniteWeights(progress.epoch(), progress.step());
        checkpoint.saveLast(network, optimizer, progress);
        return progress;
      }
    }
    return progress;
  }

  /**
   * Makes the first steps to learn how long they take. The weights have moved afterwards: throw the
   * trainer away.
   *
   * @param most how many to time at most, after three that are not
   * @return the median, in seconds a step
   */
  public double rehearse(int most) {
    List<Double> seconds = new ArrayList<>();
    Lesson lesson = lesson(0);
    try (BatchStream batches = lesson.batches().epoch(0, 0)) {
      for (int step = 0; batches.hasNext() && step < most + WARM_STEPS; step++) {
        long startNanos = System.nanoTime();
        Tally unused = trainStep(lesson, batches.next(), 0, step);
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
    Lesson lesson = lesson(start.epoch());
    long trainNanos = System.nanoTime(); // a lesson may measure the training images first
    try (BatchStream batches = lesson.batches().epoch(start.epoch(), step)) {
      while (batches.hasNext()) {
        tally = tally.plus(trainStep(lesson, batches.next(), start.epoch(), step));
        step++;
        listener.onStep(start.epoch() + 1, step, stepsPerEpoch, tally.meanLoss());
        if (stop.getAsBoolean()) {
          return new Progress(start.epoch(), step, tally, start.best());
        }
      }
    }
    double trainSeconds = (System.nanoTime() - trainNanos) / 1e9;
    try {
      return finishEpoch(start, tally, startNanos, trainSeconds, stop);
    } catch (CancellationException e) {
      // Its steps are made; what is left of the epoch is its validation.
      return new Progress(start.epoch(), stepsPerEpoch, tally, start.best());
    }
  }

  private Progress finishEpoch(
      Progress start, Tally tally, long startNanos, double trainSeconds, BooleanSupplier stop) {
    int epoch = start.epoch() + 1;
    requireFiniteWeights(start.epoch(), stepsPerEpoch);
    EvaluationResult validated = validate(start.epoch(), stop);
    long steps = (long) epoch * stepsPerEpoch;
    long imagesHere = tally.images() - start.tally().images();
    listener.onEpoch(
        new EpochResult(
            epoch,
            steps,
            schedule.rate(steps - 1),
            tally.meanLoss(),
            tally.top1(),
            tally.meanTerms(),
            validated,
            (System.nanoTime() - startNanos) / 1e9,
            imagesHere / trainSeconds));
    Progress progress =
        new Progress(epoch, 0, Tally.EMPTY, start.best().orBetter(epoch, validated));
    if (progress.best().epoch() == epoch) {
      checkpoint.saveBest(network, progress);
    }
    checkpoint.saveLast(network, optimizer, progress);
    return progress;
  }

  private EvaluationResult validate(int epoch, BooleanSupplier stop) {
    try {
      return new Evaluator(network, objective).evaluate(validation, EvaluationListener.NONE, stop);
    } catch (Diverged e) {
      throw diverged(
          "the loss " + config.loss().spec() + " of validation images became NaN or infinite",
          epoch,
          stepsPerEpoch);
    }
  }

  // A schedule counts steps, and a comparison rests on equal numbers of them.
  private Lesson lesson(int epoch) {
    Lesson lesson = lessons.of(epoch);
    int steps = lesson.batches().stepsPerEpoch();
    if (steps != stepsPerEpoch) {
      throw new IllegalStateException(
          "Epoch "
              + epoch
              + " has "
              + steps
              + " steps, but every epoch should have "
              + stepsPerEpoch
              + ".");
    }
    return lesson;
  }

  private Tally trainStep(Lesson lesson, Batch batch, int epoch, int step) {
    try (Scope scope = new Scope()) {
      Targets targets =
          lesson.objective().training(lesson.places(batch.labels()), network.device());
      Tensor images = BatchTensors.images(batch, network.shape());
      HeadLoss loss = lesson.head().loss(network.features(images, true), targets);
      Tensor summed = loss.perSample().sum();
      Tensor weight = targets.weights().sum();
      Tensor total = summed.div(weight);
      for (Tensor term : loss.batchTerms().values()) {
        total = total.add(term);
      }
      requireFinite(total.item_double(), epoch, step);
      Optimizer.dropGradients(network.store().parameters().values());
      total.backward();
      clip(config.optim());
      optimizer.step(schedule.rate((long) epoch * stepsPerEpoch + step));
      return tally(batch, loss, targets, summed);
    }
  }

  private void clip(OptimConfig optim) {
    if (optim.clipNorm() > 0) {
      torch.clip_grad_norm_(parameters, optim.clipNorm());
    }
  }

  private Tally tally(Batch batch, HeadLoss loss, Targets targets, Tensor summed) {
    Map<String, Double> terms = new TreeMap<>();
    Tensor weights = targets.weights();
    curve.ifPresent(
        known ->
            terms.put(
                "gain",
                BatchTensors.meanGain(known, loss.logits(), batch.labels().requireOne(), weights)));
    loss.batchTerms().forEach((name, term) -> terms.put(name, term.item_double()));
    loss.figures().forEach((name, figure) -> terms.put(name, figure.item_double()));
    return new Tally(
        summed.item_double(),
        weights.sum().item_double(),
        BatchTensors.countCorrect(loss.logits(), batch.labels()),
        batch.size(),
        Tally.ofStep(terms));
  }

  private void requireFinite(double loss, int epoch, int step) {
    if (!Double.isFinite(loss)) {
      throw diverged("the loss " + config.loss().spec() + " became " + loss, epoch, step + 1);
    }
  }

  // A step's own loss does not show what the step did to the weights; before they are measured or
  // saved, they are looked at themselves.
  private void requireFiniteWeights(int epoch, int step) {
    try (Scope scope = new Scope()) {
      for (Tensor tensor : network.store().state().values()) {
        if (!tensor.isfinite().all().item_bool()) {
          throw diverged(
              "a step on the loss " + config.loss().spec() + " made weights NaN or infinite",
              epoch,
              step);
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
            + (checkpoint.exists()
                ? ". The last good checkpoint is kept."
                : ", before there was a checkpoint.")
            + " Try a smaller optim.lr, optim.clipNorm 1, or train.precision fp32.",
        epoch + 1,
        step);
  }
}
