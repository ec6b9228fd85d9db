package discern.train;

import java.util.Map;
import java.util.TreeMap;

/**
 * Where training stands, as a checkpoint keeps it.
 *
 * @param epoch epochs finished
 * @param step steps made in the unfinished epoch; 0 between epochs
 * @param tally the unfinished epoch's sums
 * @param bestEpoch the epoch that validated best, counted from 1; 0 before the first
 * @param bestScore its validation score: top-1, or mean average precision
 */
public record Progress(int epoch, int step, Tally tally, int bestEpoch, double bestScore) {
  /** Before the first step. */
  public static final Progress START = new Progress(0, 0, Tally.EMPTY, 0, -1);

  /**
   * As text, for a checkpoint's metadata.
   *
   * @return the numbers by name; doubles keep every bit
   */
  Map<String, String> toMetadata() {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("epoch", Integer.toString(epoch));
    metadata.put("step", Integer.toString(step));
    metadata.put("bestEpoch", Integer.toString(bestEpoch));
    metadata.put("bestScore", Double.toString(bestScore));
    tally.addTo(metadata);
    return metadata;
  }

  /**
   * Reads what {@link #toMetadata} wrote.
   *
   * @param metadata the numbers by name
   * @return the progress
   * @throws IllegalArgumentException if a number is missing or none
   */
  static Progress of(Map<String, String> metadata) {
    return new Progress(
        Integer.parseInt(metadata.getOrDefault("epoch", "")),
        Integer.parseInt(metadata.getOrDefault("step", "")),
        Tally.of(metadata),
        Integer.parseInt(metadata.getOrDefault("bestEpoch", "")),
        Double.parseDouble(metadata.getOrDefault("bestScore", "")));
  }
}
