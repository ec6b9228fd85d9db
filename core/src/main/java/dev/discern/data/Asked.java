package dev.discern.data;

import dev.discern.config.Task;
import java.util.Optional;

/**
 * What a source's spelling says besides a path: {@code several-labels:photos.csv}.
 *
 * @param prefix the words before the path, with a colon; usually empty
 * @param task how many labels the user says each image has
 * @param path the rest
 */
record Asked(String prefix, Optional<Task> task, String path) {
  private static final String ONE = "one-label:";
  private static final String SEVERAL = "several-labels:";

  static Asked of(String source) {
    if (source.startsWith(ONE)) {
      return new Asked(ONE, Optional.of(Task.ONE_LABEL), source.substring(ONE.length()));
    }
    return source.startsWith(SEVERAL)
        ? new Asked(SEVERAL, Optional.of(Task.MANY_LABELS), source.substring(SEVERAL.length()))
        : new Asked("", Optional.empty(), source);
  }
}
