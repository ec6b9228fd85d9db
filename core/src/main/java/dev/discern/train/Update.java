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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** One training step: forward, loss, backward, update. */
@Internal
public final class Update {
  private static final long MIX = 13;

  private final Network network;
  private final Optimizer optimizer;
  private final double clipNorm;
  private final Optional<BatchMix> mix;
  private final Optional<ProbabilityCurve> curve;
  private final long seed;
  private final TensorVector parameters;

  /**
   * Prepares to train; the caller does not share the parts.
   *
   * @param network the network to train
   * @param optimizer of its parameters
   * @param clipNorm the largest joint norm of all gradients; 0 turns clipping off
   * @param mix the batch mixing, if any
   * @param curve the loss over the true class's probability, to log its gain; empty if targets are
   *     soft, since the gradient is then not a multiple of cross-entropy's
   * @param seed of mixing and dropout
   */
  public Update(
      Network network,
      Optimizer optimizer,
      double clipNorm,
      Optional<BatchMix> mix,
      Optional<ProbabilityCurve> curve,
      long seed) {
    this.network = network;
    this.optimizer = optimizer;
    this.clipNorm = clipNorm;
    this.mix = mix;
    this.curve = curve;
    this.seed = seed;
    parameters = new TensorVector(network.store().parameters().values().toArray(Tensor[]::new));
  }

  Network network() {
    return network;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  /**
   * Runs a step. Everything is queued on the device first; a single read at the end waits for it.
   *
   * @param lesson head and objective
   * @param batch the images
   * @param epoch from 0
   * @param step of the epoch, from 0
   * @param rate the learning rate
   * @return the step's loss, terms added, and its sums
   */
  public Made make(Lesson lesson, Batch batch, int epoch, int step, double rate) {
    try (Scope scope = new Scope()) {
      Targets targets =
          lesson.objective().training(lesson.places(batch.labels()), network.device());
      Optional<Features> known = lesson.feed().known(batch);
      Shown shown =
          known.isPresent()
              ? new Shown(known.get(), targets)
              : shown(lesson, batch, targets, epoch, step);
      targets = shown.targets();
      HeadLoss loss = lesson.head().loss(shown.features(), targets);
      Figures figures = new Figures(loss, targets);
      Optimizer.dropGradients(network.store().parameters().values());
      figures.total.backward();
      if (clipNorm > 0) {
        torch.clip_grad_norm_(parameters, clipNorm);
      }
      optimizer.step(rate);
      return figures.read(batch, correct(batch, loss));
    }
  }

  private Shown shown(Lesson lesson, Batch batch, Targets targets, int epoch, int step) {
    Pass pass = Pass.training(seed, epoch, step);
    Tensor images = network.preparation().of(batch);
    if (mix.isEmpty()) {
      return new Shown(network.features(images, pass), targets);
    }
    Mixed mixed =
        mix.get()
            .apply(
                images,
                lesson.objective().distribution(targets),
                Seeds.random(seed, MIX, epoch, step));
    return new Shown(network.features(mixed.images(), pass), mixed.targets());
  }

  /** What the head gets. */
  private record Shown(Features features, Targets targets) {}

  private Tensor correct(Batch batch, HeadLoss loss) {
    return BatchTensors.correct(loss.logits(), batch.labels());
  }

  /**
   * The results of a step.
   *
   * @param loss the batch's mean with its terms
   * @param tally the step's sums
   */
  public record Made(double loss, Tally tally) {}

  /** A step's numbers while they are on the device. */
  private final class Figures {
    private final HeadLoss loss;
    private final Targets targets;
    private final Tensor summed;
    private final Tensor weight;
    private final Tensor total;

    Figures(HeadLoss loss, Targets targets) {
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

    Made read(Batch batch, Tensor correct) {
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
      curve.ifPresent(known -> terms.put("gain", gain(known, batch)));
      Tally tally =
          new Tally(read[1], read[2], Math.round(read[3]), batch.size(), Tally.ofStep(terms));
      return new Made(read[0], tally);
    }

    private double gain(ProbabilityCurve known, Batch batch) {
      return BatchTensors.meanGain(
          known, loss.logits(), batch.labels().requireOne(), targets.weights());
    }
  }
}
