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
import org.bytedeco.pytorch.Tensor;

/** Runs a network over labeled images and measures it. */
@Internal
public final class Evaluator {
  private final Network network;
  private final Objective objective;

  /**
   * Prepares to evaluate.
   *
   * @param network what to measure
   * @param objective provides the class weights of the loss; label smoothing is not applied
   */
  public Evaluator(Network network, Objective objective) {
    this.network = network;
    this.objective = objective;
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
      HeadLoss loss = network.head().loss(features, targets);
      requireFinite(loss.perSample());
      Tensor logProbabilities = network.logProbabilities(loss.logits());
      measured.add(
          logProbabilities,
          batch.labels(),
          loss.perSample().sum().item_double(),
          targets.weights().sum().item_double());
      if (listener != EvaluationListener.NONE) {
        listener.onBatch(
            batch, Tensors.toFloats(logProbabilities), Tensors.toFloats(features.pooled()));
      }
    }
  }

  private Features computed(Batch batch) {
    return network.features(network.preparation().of(batch), Pass.EVALUATION);
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
