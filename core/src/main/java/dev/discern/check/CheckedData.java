package dev.discern.check;

import dev.discern.config.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a check found in a data set.
 *
 * @param source the data set, as it was named
 * @param task how many labels an image has
 * @param images the number of images in each part, by its name, readable or not
 * @param classes a row for each class
 * @param findings by kind, then the most striking first
 * @param scores how every label was judged; empty where images have several labels
 * @param notes sentences for the user
 * @param pool the readable images, for pictures
 */
public record CheckedData(
    String source,
    Task task,
    Map<String, Integer> images,
    List<ClassRow> classes,
    List<Finding> findings,
    Optional<LabelScores> scores,
    List<String> notes,
    Pool pool) {
  /** Keeps unmodifiable copies of the lists. */
  public CheckedData {
    classes = List.copyOf(classes);
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /**
   * The findings of a kind.
   *
   * @param kind the kind
   * @return the most striking first
   */
  public List<Finding> of(Kind kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).toList();
  }

  /**
   * The number of findings that a strict check does not accept.
   *
   * @return 0 or more
   */
  public long faults() {
    return findings.stream().filter(finding -> finding.kind().isStrict()).count();
  }

  /**
   * The number of images.
   *
   * @return of all parts, readable or not
   */
  public int imageCount() {
    return images.values().stream().mapToInt(count -> count).sum();
  }
}
