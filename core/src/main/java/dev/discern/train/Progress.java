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
   * @param highest the highest score of any epoch; above {@code score} only with few validation
   *     images
   */
  public record Best(int epoch, double score, double loss, double highest) {
    /** No epoch yet. */
    static final Best NONE = new Best(0, -1, Double.POSITIVE_INFINITY, -1);

    /** Fewer validation images than this do not tell one epoch from another. */
    private static final int FEW = 100;

    /**
     * The better of this epoch and a later one. Of equal scores, the smaller loss wins, since
     * otherwise the first of many perfect epochs would win, whose probabilities are the worst.
     *
     * <p>With fewer than {@value #FEW} validation images, the later epoch wins unless its score is
     * more than one standard error below the highest (Breiman et al., Classification and Regression
     * Trees, 1984, section 3.4.3): the highest of many noisy scores is mostly luck, and training
     * that anneals its learning rate ends with its best weights.
     *
     * @param later counted from 1
     * @param validated its figures
     * @return the later epoch if it is better
     */
    Best orBetter(int later, EvaluationResult validated) {
      double top = Math.max(highest, validated.score());
      boolean better =
          validated.samples() < FEW
              ? validated.score() >= top - standardError(top, validated.samples())
              : validated.score() > score
                  || (validated.score() == score && validated.loss() < loss);
      return better
          ? new Best(later, validated.score(), validated.loss(), top)
          : new Best(epoch, score, loss, top);
    }

    // Of a share, with one success and one failure added, so that it is above 0 for a perfect
    // score.
    private static double standardError(double share, long samples) {
      double p = (share * samples + 1) / (samples + 2);
      return Math.sqrt(p * (1 - p) / samples);
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
    metadata.put("bestHighest", Double.toString(best.highest()));
    tally.addTo(metadata);
    return metadata;
  }

  /**
   * Reads what {@link #toMetadata} wrote, also in earlier versions, where the best epoch had the
   * highest score.
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
            Double.parseDouble(metadata.getOrDefault("bestLoss", "")),
            Double.parseDouble(
                metadata.getOrDefault("bestHighest", metadata.getOrDefault("bestScore", "")))));
  }
}
