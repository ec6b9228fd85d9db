package dev.discern.train;

import dev.discern.config.Task;
import dev.discern.data.Labels;
import dev.discern.metric.ClassificationMetrics;
import dev.discern.metric.EvaluationResult;
import dev.discern.metric.MultiLabelMetrics;
import dev.discern.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/** The figures that evaluation accumulates, by task. */
sealed interface Measurement {
  /**
   * Starts empty.
   *
   * @param task how many labels an image has
   * @param classCount K
   */
  static Measurement of(Task task, int classCount) {
    return task == Task.ONE_LABEL
        ? new OneLabel(new ClassificationMetrics(classCount))
        : new ManyLabels(new MultiLabelMetrics(classCount), classCount);
  }

  /**
   * Counts a batch.
   *
   * @param logProbabilities {@code [N, K]}: {@code ln p}
   * @param labels the images' labels
   * @param summedLoss over the samples
   * @param weight sum of the samples' weights
   */
  void add(Tensor logProbabilities, Labels labels, double summedLoss, double weight);

  EvaluationResult result();

  /** One class per image. */
  record OneLabel(ClassificationMetrics metrics) implements Measurement {
    @Override
    public void add(Tensor logProbabilities, Labels labels, double summedLoss, double weight) {
      metrics.add(Tensors.toFloats(logProbabilities.exp()), labels.requireOne());
      metrics.addLoss(summedLoss, weight);
    }

    @Override
    public EvaluationResult result() {
      return metrics.result();
    }
  }

  /** Any number of labels per image. */
  record ManyLabels(MultiLabelMetrics metrics, int classCount) implements Measurement {
    @Override
    public void add(Tensor logProbabilities, Labels labels, double summedLoss, double weight) {
      metrics.add(Tensors.toFloats(logProbabilities), labels.flags(classCount));
      metrics.addLoss(summedLoss, weight);
    }

    @Override
    public EvaluationResult result() {
      return metrics.result();
    }
  }
}
