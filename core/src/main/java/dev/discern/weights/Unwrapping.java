package dev.discern.weights;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds a network's tensors in what training scripts save.
 *
 * @param tensors the tensors by name, in the order of the file
 * @param metadata numbers and texts beside them, such as {@code epoch}
 * @param path the keys that led to the tensors; empty if the file holds them directly
 */
record Unwrapping(Map<String, TensorRef> tensors, Map<String, String> metadata, List<String> path) {
  // In order of preference: timm evaluates the averaged weights too where a file has both.
  private static final List<String> WRAPPERS =
      List.of("state_dict_ema", "model_ema", "state_dict", "model_state_dict", "model");
  private static final int MAX_DEPTH = 8;

  /**
   * Unwraps a value.
   *
   * @throws BadWeights if it holds no named tensors, or several sets of them without a known name
   */
  static Unwrapping of(@Nullable Object value) throws BadWeights {
    if (value instanceof TensorRef) {
      throw new BadWeights("holds one tensor without a name: save a dict of tensors by name");
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    List<String> path = new ArrayList<>();
    Object level = value;
    while (level instanceof Map<?, ?> dict && path.size() < MAX_DEPTH) {
      noteScalars(dict, metadata);
      String inner = inner(dict);
      if (inner == null) {
        Map<String, TensorRef> tensors = tensors(dict);
        if (tensors.isEmpty()) {
          break;
        }
        return new Unwrapping(tensors, metadata, path);
      }
      path.add(inner);
      level = dict.get(inner);
    }
    throw new BadWeights(
        "holds no tensors by name"
            + (value instanceof Map<?, ?> dict ? " (its keys are " + keys(dict) + ")" : "")
            + ": save the model's state_dict()");
  }

  private static @Nullable String inner(Map<?, ?> dict) throws BadWeights {
    List<String> inner = new ArrayList<>();
    // A pickle can hold one dict under many keys; each is looked through once.
    IdentityHashMap<Map<?, ?>, Boolean> seen = new IdentityHashMap<>();
    for (Map.Entry<?, ?> entry : dict.entrySet()) {
      if (entry.getKey() instanceof String name
          && entry.getValue() instanceof Map<?, ?> value
          && seen.computeIfAbsent(value, Unwrapping::holdsTensors)) {
        inner.add(name);
      }
    }
    for (String wrapper : WRAPPERS) {
      if (inner.contains(wrapper) || (inner.isEmpty() && dict.get(wrapper) instanceof Map)) {
        return wrapper;
      }
    }
    if (inner.size() > 1) {
      throw new BadWeights(
          "holds several sets of tensors ("
              + BadWeights.shown(String.join(", ", inner))
              + "): save the one to use under the key state_dict");
    }
    return inner.isEmpty() ? null : inner.get(0);
  }

  private static boolean holdsTensors(Map<?, ?> dict) {
    return dict.entrySet().stream()
        .anyMatch(e -> e.getKey() instanceof String && e.getValue() instanceof TensorRef);
  }

  private static Map<String, TensorRef> tensors(Map<?, ?> dict) {
    Map<String, TensorRef> tensors = new LinkedHashMap<>();
    dict.forEach(
        (key, value) -> {
          if (key instanceof String name && value instanceof TensorRef tensor) {
            tensors.put(name, tensor);
          }
        });
    return tensors;
  }

  private static void noteScalars(Map<?, ?> dict, Map<String, String> metadata) {
    dict.forEach(
        (key, value) -> {
          if (key instanceof String name
              && (value instanceof String || value instanceof Number || value instanceof Boolean)) {
            metadata.putIfAbsent(name, value.toString());
          }
        });
  }

  private static String keys(Map<?, ?> dict) {
    List<String> names = new ArrayList<>();
    for (Object key : dict.keySet()) {
      if (key instanceof String name && names.size() < 10) {
        names.add(name);
      }
    }
    return BadWeights.shown(String.join(", ", names));
  }
}
