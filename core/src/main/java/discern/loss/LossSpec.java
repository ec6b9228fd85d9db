package discern.loss;

import discern.config.InvalidConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A loss in the catalogue.
 *
 * @param name the catalogue name
 * @param summary one line
 * @param formula as the paper writes it
 * @param paper where it comes from
 * @param known how well the formula is known
 * @param parameters in the order to be listed
 * @param factory builds the loss from all parameters by name
 */
public record LossSpec(
    String name,
    String summary,
    String formula,
    String paper,
    Known known,
    List<Parameter> parameters,
    Function<Map<String, Double>, Loss> factory) {

  /** How well a method's formula is known. */
  public enum Known {
    /** Read in the authors' own code, or restated identically by two independent sources. */
    EXACT,
    /** The idea is the paper's, the equation is ours. */
    RECONSTRUCTION
  }

  /**
   * A number that a loss takes.
   *
   * @param name as written in a spec
   * @param symbol the paper's
   * @param defaultValue ours
   * @param paperValue the paper's, as text; empty where unknown
   * @param range what is allowed
   */
  public record Parameter(
      String name, String symbol, double defaultValue, String paperValue, String range) {}

  /** Keeps an unmodifiable copy. */
  public LossSpec {
    parameters = List.copyOf(parameters);
  }

  /**
   * Completes parameters with defaults.
   *
   * @param given some of the parameters by name
   * @return all of them, in the catalogue's order
   * @throws InvalidConfig if a name is unknown; the known ones are listed
   */
  Map<String, Double> complete(Map<String, Double> given) {
    Map<String, Double> all = new LinkedHashMap<>();
    parameters.forEach(p -> all.put(p.name(), given.getOrDefault(p.name(), p.defaultValue())));
    for (String parameter : given.keySet()) {
      if (!all.containsKey(parameter)) {
        throw new InvalidConfig(
            "The loss "
                + name
                + " has no parameter '"
                + parameter
                + "'. It "
                + (parameters.isEmpty() ? "has none." : "takes: " + names() + "."));
      }
    }
    return all;
  }

  private String names() {
    return parameters.stream()
        .map(p -> p.name() + " (" + p.range() + ", default " + p.defaultValue() + ")")
        .collect(Collectors.joining(", "));
  }
}
