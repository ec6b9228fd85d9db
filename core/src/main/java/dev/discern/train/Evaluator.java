package dev.discern.train;

import dev.discern.backbone.Pass;
import dev.discern.config.Diverged;
import dev.discern.config.Internal;
import dev.discern.data.Batch;
import dev.discern.data.BatchStream;
import dev.discern.head.Features;
import dev.discern.head.HeadLoss;
import dev.discern.loss.Targets;
import dev.discern.metric.EvaluationResult;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Runs a network over labeled images and measures it. */
@Internal
public final class Evaluator {
  private final Network network;
  private final Objective objective;
  private final boolean testFlip;

  /**
   * Prepares to evaluate.
   *
   * @param network what to measure
   * @param objective provides the class weights of the loss; label smoothing is not applied
   */
  public Evaluator(Network network, Objective objective) {
    this(network, objective, false);
  }

  private Evaluator(Network network, Objective objective, boolean testFlip) {
    this.network = network;
    this.objective = objective;
    this.testFlip = testFlip;
  }

  /**
   * The same with or without mirror images: probabilities and losses are then means over an image
   * and its mirror image, while features are of the image alone. Feeds must hold images.
   *
   * @param flip whether to average
   * @return a new evaluator
   */
  public Evaluator withTestFlip(boolean flip) {
    return new Evaluator(network, objective, flip);
  }

  /**
   * Measures every image once.
   *
   * @param feed the images, in order
   * @return the figures, averaged by sample
   */
  public EvaluationResult evaluate(Feed feed) {
    return evaluate(feed, EvaluationListener.NONE);
  }

  /**
   * Measures every image once.
   *
   * @param feed the images, in order
   * @param listener receives the network's outputs for each batch
   * @return the figures, averaged by sample
   */
  public EvaluationResult evaluate(Feed feed, EvaluationListener listener) {
    return evaluate(feed, listener, () -> false);
  }

  /**
   * Measures every image once, unless it is stopped.
   *
   * @param feed the images, in order
   * @param listener receives the network's outputs for each batch
   * @param stop checked after every batch
   * @return the figures, averaged by sample
   * @throws CancellationException if it was stopped
   */
  public EvaluationResult evaluate(Feed feed, EvaluationListener listener, BooleanSupplier stop) {
    Measurement measured = Measurement.of(network.task(), objective.classCount());
    try (BatchStream batches = feed.batches().epoch(0, 0)) {
      while (batches.hasNext()) {
        measure(feed, batches.next(), measured, listener);
        if (stop.getAsBoolean()) {
          throw new CancellationException("The evaluation was stopped.");
        }
      }
    }
    return measured.result();
  }

  private void measure(Feed feed, Batch batch, Measurement measured, EvaluationListener listener) {
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Targets targets = objective.plain(batch.labels(), network.device());
      Features features = feed.known(batch).orElseGet(() -> computed(batch));
      Outputs outputs = outputs(features, targets);
      if (testFlip) {
        outputs = outputs.mean(outputs(ofMirrored(batch), targets));
      }
      requireFinite(outputs.losses());
      Tensor logProbabilities = outputs.logProbabilities();
      measured.add(
          logProbabilities,
          batch.labels(),
          outputs.losses().sum().item_double(),
          targets.weights().sum().item_double());
      if (listener != EvaluationListener.NONE) {
        listener.onBatch(
            batch, Tensors.toFloats(logProbabilities), Tensors.toFloats(features.pooled()));
      }
    }
  }

  /** What a network says of a batch: {@code [N]} and {@code [N, K]}. */
  private record Outputs(Tensor losses, Tensor logProbabilities) {
    Outputs mean(Outputs mirrored) {
      return new Outputs(
          losses.add(mirrored.losses).div(new Scalar(2.0)),
          TestFlip.mean(logProbabilities, mirrored.logProbabilities));
    }
  }

  private Outputs outputs(Features features, Targets targets) {
    HeadLoss loss = network.head().loss(features, targets);
    return new Outputs(loss.perSample(), network.logProbabilities(loss.logits()));
  }

  private Features computed(Batch batch) {
    return network.features(network.preparation().of(batch), Pass.EVALUATION);
  }

  private Features ofMirrored(Batch batch) {
    Tensor mirrored = TestFlip.mirrored(network.preparation().of(batch));
    return network.features(mirrored, Pass.EVALUATION);
  }

  private static void requireFinite(Tensor perSample) {
    if (!perSample.isfinite().all().item_bool()) {
      // The trainer adds the epoch and step.
      throw new Diverged(
          "The network's loss on these images is NaN or infinite, because its weights diverged:"
              + " train with a smaller optim.lr, or measure another checkpoint.",
          0,
          0);
    }
  }
}
