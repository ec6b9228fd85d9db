package dev.discern.train;

import dev.discern.config.Internal;
import dev.discern.metric.EvaluationResult;
import java.util.Map;
import java.util.TreeMap;

/**
 * The progress of training, as a checkpoint records it.
 *
 * @param epoch epochs finished
 * @param step steps completed in the unfinished epoch; 0 between epochs
 * @param tally the unfinished epoch's sums
 * @param best the best epoch so far by validation
 */
@Internal
public record Progress(int epoch, int step, Tally tally, Best best) {
  /** The progress before the first step. */
  public static final Progress START = new Progress(0, 0, Tally.EMPTY, Best.NONE);

  /**
   * The best epoch by validation.
   *
   * @param epoch counted from 1; 0 before the first
   * @param score top-1, or mean average precision
   * @param loss mean validation loss
   */
  public record Best(int epoch, double score, double loss) {
    /** No epoch yet. */
    static final Best NONE = new Best(0, -1, Double.POSITIVE_INFINITY);

    /**
     * The better of this epoch and another. With few validation images, epochs often have equal
     * scores; then the loss decides, since otherwise the first of many perfect epochs would win,
     * whose probabilities are the worst.
     *
     * @param otherEpoch counted from 1
     * @param validated its figures
     * @return the other if its score is higher, or as high with a smaller loss
     */
    Best orBetter(int otherEpoch, EvaluationResult validated) {
      boolean better =
          validated.score() > score || (validated.score() == score && validated.loss() < loss);
      return better ? new Best(otherEpoch, validated.score(), validated.loss()) : this;
    }
  }

  /**
   * Converts the progress to text for a checkpoint's metadata.
   *
   * @return the numbers by name; doubles keep every bit
   */
  Map<String, String> toMetadata() {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("epoch", Integer.toString(epoch));
    metadata.put("step", Integer.toString(step));
    metadata.put("bestEpoch", Integer.toString(best.epoch()));
    metadata.put("bestScore", Double.toString(best.score()));
    metadata.put("bestLoss", Double.toString(best.loss()));
    tally.addTo(metadata);
    return metadata;
  }

  /**
   * Reads what {@link #toMetadata} wrote.
   *
   * @param metadata the numbers by name
   * @return the progress
   * @throws IllegalArgumentException if a number is missing or invalid
   */
  static Progress of(Map<String, String> metadata) {
    return new Progress(
        Integer.parseInt(metadata.getOrDefault("epoch", "")),
        Integer.parseInt(metadata.getOrDefault("step", "")),
        Tally.of(metadata),
        new Best(
            Integer.parseInt(metadata.getOrDefault("bestEpoch", "")),
            Double.parseDouble(metadata.getOrDefault("bestScore", "")),
            Double.parseDouble(metadata.getOrDefault("bestLoss", ""))));
  }
}
