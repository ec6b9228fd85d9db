package dev.discern.serve;

import java.util.List;
import java.util.Map;

/**
 * What clients may know about a model.
 *
 * @param classes the names of its classes
 * @param severalLabels whether an image can have several labels, with independent probabilities
 * @param calibrated whether its probabilities are calibrated, so that there are prediction sets
 * @param about further facts by name, such as the architecture; shown as they are
 */
record ModelInfo(
    List<String> classes, boolean severalLabels, boolean calibrated, Map<String, String> about) {
  ModelInfo {
    classes = List.copyOf(classes);
    about = Map.copyOf(about);
  }
}
