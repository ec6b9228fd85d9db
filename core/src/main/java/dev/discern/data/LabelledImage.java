package dev.discern.data;

import java.nio.file.Path;
import java.util.Set;

/**
 * An image file and the names of its labels.
 *
 * @param file where it is said to be
 * @param labels its labels; may be empty
 */
record LabelledImage(Path file, Set<String> labels) {
  LabelledImage {
    file = file.toAbsolutePath().normalize();
    labels = Set.copyOf(labels);
  }
}
