package dev.discern.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Methods by name: an explicit list, in display order. Reading it loads no engine, so listing it is
 * instant.
 *
 * @param <T> the type that its entries create
 */
public final class Catalogue<T> {
  private final String kind;
  private final Map<String, MethodSpec<T>> byName;

  private Catalogue(String kind, Map<String, MethodSpec<T>> byName) {
    this.kind = kind;
    this.byName = byName;
  }

  /**
   * Makes a catalogue.
   *
   * @param <T> the type that its entries create
   * @param kind what messages call an entry, such as {@code Loss}
   * @param specs the entries
   * @return the catalogue
   * @throws IllegalArgumentException if a name occurs twice
   */
  public static <T> Catalogue<T> of(String kind, List<MethodSpec<T>> specs) {
    Map<String, MethodSpec<T>> byName = new LinkedHashMap<>();
    for (MethodSpec<T> spec : specs) {
      if (byName.put(spec.name(), spec) != null) {
        throw new IllegalArgumentException("Two methods are named " + spec.name() + ".");
      }
    }
    return new Catalogue<>(kind, Collections.unmodifiableMap(byName));
  }

  /**
   * All methods.
   *
   * @return the specs, in catalogue order
   */
  public List<MethodSpec<T>> all() {
    return List.copyOf(byName.values());
  }

  /**
   * Whether a method is known.
   *
   * @param name a possible catalogue name
   * @return true if {@link #find} finds it
   */
  public boolean has(String name) {
    return byName.containsKey(name);
  }

  /**
   * Looks a method up.
   *
   * @param name its catalogue name
   * @return its spec
   * @throws InvalidConfig if there is no such name; the message suggests similar ones, or else
   *     lists all
   */
  public MethodSpec<T> find(String name) {
    MethodSpec<T> spec = byName.get(name);
    if (spec == null) {
      throw new InvalidConfig(unknown(name));
    }
    return spec;
  }

  private String unknown(String name) {
    String question = Nearest.question(name, byName.keySet());
    return kind
        + " '"
        + name
        + "' is unknown"
        + (question.isEmpty()
            ? ": choose one of " + String.join(", ", byName.keySet()) + "."
            : "." + question);
  }

  /**
   * Creates a method.
   *
   * @param spec its name and the parameters that differ from their defaults
   * @return the method
   * @throws InvalidConfig if the name or a parameter is unknown, or a value breaks its rule
   */
  public T create(Spec spec) {
    return find(spec.name()).create(spec.parameters());
  }

  /**
   * The canonical spelling of a method: {@code crl} becomes {@code crl(alpha=1.5,beta=1)}.
   *
   * @param spec a name with some parameters, in any order
   * @return the same method with all its parameters, in catalogue order
   * @throws InvalidConfig if the name or a parameter is unknown, or a value breaks its rule
   */
  public Spec canonical(Spec spec) {
    MethodSpec<T> method = find(spec.name());
    Map<String, Double> complete = method.complete(spec.parameters());
    T unused = method.factory().apply(complete); // only to check the values
    return new Spec(spec.name(), complete);
  }
}
