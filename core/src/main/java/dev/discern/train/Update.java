package dev.discern.train;

import dev.discern.backbone.Pass;
import dev.discern.config.Internal;
import dev.discern.data.Batch;
import dev.discern.head.Features;
import dev.discern.head.HeadLoss;
import dev.discern.loss.ProbabilityCurve;
import dev.discern.loss.Targets;
import dev.discern.mix.BatchMix;
import dev.discern.mix.Mixed;
import dev.discern.optim.Optimizer;
import dev.discern.torch.Scope;
import dev.discern.torch.Seeds;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * One training step: forward, loss, backward, update.
 *
 * <p>A step may be of several batches, whose gradients add up to those of one large batch: each
 * batch's mean loss with its terms counts in proportion to the sum of its samples' weights. What a
 * batch computes from all of its images is of that batch alone: the statistics of batch
 * normalization, the terms of a method, the partners of mixing.
 */
@Internal
public final class Update {
  private static final long MIX = 13;

  private final Network network;
  private final Optimizer optimizer;
  private final Optional<BatchMix> mix;
  private final Optional<ProbabilityCurve> curve;
  private final Rules rules;
  private final TensorVector parameters;

  /**
   * How a step trains.
   *
   * @param clipNorm the largest joint norm of all gradients; 0 turns clipping off
   * @param accumulate batches per step, at least 1
   * @param frozenNorms whether batch normalization uses its stored statistics and leaves them as
   *     they are; its weights train all the same
   * @param seed of mixing and dropout
   */
  public record Rules(double clipNorm, int accumulate, boolean frozenNorms, long seed) {}

  /**
   * Prepares to train; the caller does not share the parts.
   *
   * @param network the network to train
   * @param optimizer of its parameters
   * @param rules how it trains
   * @param mix the batch mixing, if any
   * @param curve the loss over the true class's probability, to log its gain; empty if targets are
   *     soft, since the gradient is then not a multiple of cross-entropy's
   */
  public Update(
      Network network,
      Optimizer optimizer,
      Rules rules,
      Optional<BatchMix> mix,
      Optional<ProbabilityCurve> curve) {
    this.network = network;
    this.optimizer = optimizer;
    this.rules = rules;
    this.mix = mix;
    this.curve = curve;
    parameters = new TensorVector(network.store().parameters().values().toArray(Tensor[]::new));
  }

  Network network() {
    return network;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  /**
   * Runs a step. Everything is queued on the device first; a single read per batch waits for it.
   *
   * @param lesson head and objective
   * @param batches the images; as many batches are taken as a step has, or as are left
   * @param epoch from 0
   * @param step of the epoch, from 0
   * @param rate the learning rate
   * @return the step's loss, terms added, and its sums
   */
  public Made make(Lesson lesson, Iterator<Batch> batches, int epoch, int step, double rate) {
    try (Scope scope = new Scope()) {
      Optimizer.dropGradients(network.store().parameters().values());
      int index = step * rules.accumulate();
      int last = index + rules.accumulate() - 1;
      Made before = Made.NONE;
      Batch batch = batches.next();
      for (; index < last && batches.hasNext(); index++) {
        // Frees the activations of one batch before those of the next are allocated.
        try (Scope inner = new Scope()) {
          before = before.plus(backward(lesson, batch, epoch, index).read());
        }
        batch = batches.next();
      }
      Figures figures = backward(lesson, batch, epoch, index);
      if (rules.accumulate() > 1) {
        average(figures.weight.add(new Scalar(before.tally().weight())));
      }
      if (rules.clipNorm() > 0) {
        torch.clip_grad_norm_(parameters, rules.clipNorm());
      }
      optimizer.step(rate);
      return before.plus(figures.read());
    }
  }

  private Figures backward(Lesson lesson, Batch batch, int epoch, int index) {
    Targets targets = lesson.objective().training(lesson.places(batch.labels()), network.device());
    Optional<Features> known = lesson.feed().known(batch);
    Shown shown =
        known.isPresent()
            ? new Shown(known.get(), targets)
            : shown(lesson, batch, targets, epoch, index);
    HeadLoss loss = lesson.head().loss(shown.features(), shown.targets());
    Figures figures = new Figures(batch, loss, shown.targets());
    Tensor share = rules.accumulate() > 1 ? figures.total.mul(figures.weight) : figures.total;
    share.backward();
    return figures;
  }

  private Shown shown(Lesson lesson, Batch batch, Targets targets, int epoch, int index) {
    Pass drawn = Pass.training(rules.seed(), epoch, index);
    Pass pass = rules.frozenNorms() ? drawn.withFrozenNorms() : drawn;
    Tensor images = network.preparation().of(batch);
    if (mix.isEmpty()) {
      return new Shown(network.features(images, pass), targets);
    }
    Mixed mixed =
        mix.get()
            .apply(
                images,
                lesson.objective().distribution(targets),
                Seeds.random(rules.seed(), MIX, epoch, index));
    return new Shown(network.features(mixed.images(), pass), mixed.targets());
  }

  /** What the head gets. */
  private record Shown(Features features, Targets targets) {}

  // Batches may weigh differently, and the sum of their weights is known only after the last one.
  private void average(Tensor weight) {
    Tensor factor = weight.reciprocal();
    for (Tensor parameter : network.store().parameters().values()) {
      Tensor gradient = parameter.grad();
      if (gradient.defined()) {
        gradient.mul_(factor);
      }
    }
  }

  /**
   * The results of a step.
   *
   * @param loss the mean over its samples, with the terms of its batches
   * @param tally the step's sums
   */
  public record Made(double loss, Tally tally) {
    private static final Made NONE = new Made(0, Tally.EMPTY);

    Made plus(Made other) {
      if (equals(NONE)) {
        return other;
      }
      Tally both = tally.plus(other.tally);
      double summed = loss * tally.weight() + other.loss * other.tally.weight();
      return new Made(summed / both.weight(), both);
    }
  }

  /** A batch's numbers while they are on the device. */
  private final class Figures {
    private final Batch batch;
    private final HeadLoss loss;
    private final Targets targets;
    private final Tensor summed;
    private final Tensor weight;
    private final Tensor total;

    Figures(Batch batch, HeadLoss loss, Targets targets) {
      this.batch = batch;
      this.loss = loss;
      this.targets = targets;
      summed = loss.perSample().sum();
      weight = targets.weights().sum();
      Tensor sum = summed.div(weight);
      for (Tensor term : loss.batchTerms().values()) {
        sum = sum.add(term);
      }
      total = sum;
    }

    Made read() {
      Tensor correct = BatchTensors.correct(loss.logits(), batch.labels());
      Map<String, Tensor> named = new TreeMap<>(loss.batchTerms());
      named.putAll(loss.figures());
      List<Tensor> all = new ArrayList<>(List.of(total, summed, weight, correct));
      all.addAll(named.values());
      double[] read = BatchTensors.numbers(all);
      Map<String, Double> terms = new TreeMap<>();
      int at = 4;
      for (String name : named.keySet()) {
        terms.put(name, read[at++]);
      }
      curve.ifPresent(known -> terms.put("gain", gain(known)));
      Tally tally =
          new Tally(read[1], read[2], Math.round(read[3]), batch.size(), Tally.ofStep(terms));
      return new Made(read[0], tally);
    }

    private double gain(ProbabilityCurve known) {
      return BatchTensors.meanGain(
          known, loss.logits(), batch.labels().requireOne(), targets.weights());
    }
  }
}
