package dev.discern.pretrained;

import dev.discern.layer.Architecture;

/** The names of tensors in files, as Discern's networks have them. */
final class StateNames {
  private static final String MODEL = "model.";
  private static final String HEAD = "fc.";

  private StateNames() {}

  /**
   * The name in a network: a checkpoint of Discern puts "model." before it, and timm calls the
   * classifier by another name in each family.
   */
  static String in(Architecture architecture, String name) {
    String own = name.startsWith(MODEL) ? name.substring(MODEL.length()) : name;
    String classifier = architecture.classifier() + ".";
    return own.startsWith(classifier) ? HEAD + own.substring(classifier.length()) : own;
  }

  /** Whether a tensor of a network, by its name there, is a linear classifier's. */
  static boolean isClassifier(String name) {
    return name.startsWith(HEAD);
  }

  /**
   * Whether a tensor is none of a network: the state of an optimizer, a weight whose average is the
   * network's, or a step counter.
   */
  static boolean isOther(String name) {
    return name.startsWith("optimizer.")
        || name.startsWith("raw.")
        || name.endsWith("num_batches_tracked");
  }
}
