package dev.discern.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Removes what wrappers of a model put before every name. */
final class Prefixes {
  // DataParallel and torch.compile, in either order.
  private static final List<String> PREFIXES = List.of("module.", "_orig_mod.", "module.");

  private Prefixes() {}

  /** The same values in the same order; a prefix goes only if every name has it. */
  static <T> Map<String, T> removed(Map<String, T> tensors) {
    Map<String, T> shorter = tensors;
    for (String prefix : PREFIXES) {
      shorter = removed(shorter, prefix);
    }
    return shorter;
  }

  private static <T> Map<String, T> removed(Map<String, T> tensors, String prefix) {
    if (!tensors.keySet().stream()
        .allMatch(name -> name.startsWith(prefix) && name.length() > prefix.length())) {
      return tensors;
    }
    Map<String, T> shorter = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shorter.put(name.substring(prefix.length()), tensor));
    return shorter;
  }
}
