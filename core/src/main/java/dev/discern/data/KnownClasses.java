package dev.discern.data;

import dev.discern.config.Internal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The classes of a model, as other data may spell them: by name, by an identifier such as
 * WordNet's, or by a name in other case or with other separators, if that is unambiguous.
 */
@Internal
public final class KnownClasses {
  private final List<String> names;
  private final Map<String, Integer> exact = new HashMap<>();
  private final Map<String, Integer> similar = new HashMap<>();

  /**
   * Prepares to find classes.
   *
   * @param names in the order of the model's outputs
   * @param ids an identifier for each name, or empty
   */
  public KnownClasses(List<String> names, List<String> ids) {
    this.names = List.copyOf(names);
    Set<String> ambiguous = new HashSet<>();
    for (int k = 0; k < names.size(); k++) {
      exact.put(names.get(k), k);
      if (similar.put(simplified(names.get(k)), k) != null) {
        ambiguous.add(simplified(names.get(k)));
      }
    }
    for (int k = 0; k < ids.size(); k++) {
      exact.putIfAbsent(ids.get(k), k);
    }
    similar.keySet().removeAll(ambiguous);
  }

  /**
   * The names.
   *
   * @return in the order of the model's outputs
   */
  public List<String> names() {
    return names;
  }

  /**
   * Finds a class.
   *
   * @param spelling its name or identifier
   * @return its index, or empty if the model does not know it
   */
  public OptionalInt indexOf(String spelling) {
    Integer found = exact.get(spelling);
    if (found == null) {
      found = similar.get(simplified(spelling));
    }
    return found == null ? OptionalInt.empty() : OptionalInt.of(found);
  }

  private static String simplified(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[ _-]+", " ").strip();
  }
}
