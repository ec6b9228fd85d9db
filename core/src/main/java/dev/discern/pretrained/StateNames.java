package dev.discern.pretrained;

/** The names of tensors in files, as Discern's networks have them. */
final class StateNames {
  private static final String MODEL = "model.";

  private StateNames() {}

  /** The name in the network: a checkpoint of Discern puts "model." before it. */
  static String own(String name) {
    return name.startsWith(MODEL) ? name.substring(MODEL.length()) : name;
  }

  /** Whether a tensor is none of a network: the state of an optimizer, or a step counter. */
  static boolean isOther(String name) {
    return name.startsWith("optimizer.") || name.endsWith(".num_batches_tracked");
  }
}
