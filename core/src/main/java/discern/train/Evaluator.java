package discern.train;

import discern.config.WorkFailed;
import discern.data.Batch;
import discern.data.BatchLoader;
import discern.data.BatchStream;
import discern.head.Features;
import discern.head.HeadLoss;
import discern.loss.Targets;
import discern.metric.ClassificationMetrics;
import discern.metric.ClassificationResult;
import discern.torch.Scope;
import discern.torch.Tensors;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Runs a network over labelled images and measures it. */
public final class Evaluator {
  private final Network network;
  private final Objective objective;
  private final int classCount;

  /**
   * Prepares to evaluate.
   *
   * @param network what to measure
   * @param objective gives class weights to the loss; smoothing is not applied here
   * @param classCount K
   */
  public Evaluator(Network network, Objective objective, int classCount) {
    this.network = network;
    this.objective = objective;
    this.classCount = classCount;
  }

  /**
   * Measures every image once.
   *
   * @param loader of the images, in order
   * @return the figures, averaged by sample
   */
  public ClassificationResult evaluate(BatchLoader loader) {
    return evaluate(loader, EvaluationListener.NONE);
  }

  /**
   * Measures every image once.
   *
   * @param loader of the images, in order
   * @param listener told what the network says of each batch
   * @return the figures, averaged by sample
   */
  public ClassificationResult evaluate(BatchLoader loader, EvaluationListener listener) {
    ClassificationMetrics metrics = new ClassificationMetrics(classCount);
    try (BatchStream batches = loader.epoch(0, 0)) {
      while (batches.hasNext()) {
        measure(batches.next(), metrics, listener);
      }
    }
    return metrics.result();
  }

  private void measure(Batch batch, ClassificationMetrics metrics, EvaluationListener listener) {
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Tensor images = BatchTensors.images(batch, network.shape());
      Targets.Classes targets =
          objective.plain(BatchTensors.classes(batch.labels().requireOne(), network.device()));
      Features features = network.features(images, false);
      HeadLoss loss = network.head().loss(features, targets);
      requireFinite(loss.perSample());
      Tensor logProbabilities = torch.log_softmax(loss.logits(), 1);
      metrics.add(Tensors.toFloats(logProbabilities.exp()), batch.labels().requireOne());
      if (listener != EvaluationListener.NONE) {
        listener.onBatch(
            batch, Tensors.toFloats(logProbabilities), Tensors.toFloats(features.pooled()));
      }
      metrics.addLoss(loss.perSample().sum().item_double(), targets.weights().sum().item_double());
    }
  }

  private static void requireFinite(Tensor perSample) {
    if (!perSample.isfinite().all().item_bool()) {
      throw new WorkFailed(
          "The network's loss on the images measured is NaN or infinite: its weights have diverged."
              + " Train with a smaller --lr, or use an earlier checkpoint.");
    }
  }
}
