package discern.train;

import discern.config.WorkFailed;
import discern.data.Batch;
import discern.data.BatchLoader;
import discern.data.BatchStream;
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
    ClassificationMetrics metrics = new ClassificationMetrics(classCount);
    try (BatchStream batches = loader.epoch(0, 0)) {
      while (batches.hasNext()) {
        measure(batches.next(), metrics);
      }
    }
    return metrics.result();
  }

  private void measure(Batch batch, ClassificationMetrics metrics) {
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Tensor images = BatchTensors.images(batch, network.shape());
      Targets.Classes targets = objective.plain(BatchTensors.classes(batch, network.device()));
      HeadLoss loss = network.head().loss(network.features(images, false), targets);
      requireFinite(loss.perSample());
      metrics.add(Tensors.toFloats(torch.softmax(loss.logits(), 1)), batch.labels());
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
