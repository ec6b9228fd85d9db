package dev.discern.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Image files that cannot be read or decoded. */
public final class DamagedImages extends WorkFailed {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 20;

  private final TreeMap<String, String> reasons;

  /**
   * Names one image.
   *
   * @param file its path
   * @param reason a sentence that names the file, the reason and the way out
   * @param cause the exception that revealed it
   */
  public DamagedImages(String file, String reason, Throwable cause) {
    super(reason, cause);
    reasons = new TreeMap<>(Map.of(file, reason));
  }

  /**
   * Names several images.
   *
   * @param reasons a sentence per file, by its path; at least one
   */
  public DamagedImages(Map<String, String> reasons) {
    super(list(List.copyOf(new TreeMap<>(reasons).values())));
    this.reasons = new TreeMap<>(reasons);
  }

  private static String list(List<String> lines) {
    int more = lines.size() - SHOWN;
    return String.join("\n", lines.subList(0, Math.min(SHOWN, lines.size())))
        + (more > 0 ? "\n... and " + more + " more damaged images." : "");
  }

  /**
   * The problem of each image.
   *
   * @return a sentence per file, by its path
   */
  public Map<String, String> reasons() {
    return Collections.unmodifiableMap(reasons);
  }
}
