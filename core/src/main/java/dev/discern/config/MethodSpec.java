package dev.discern.config;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A training method as the catalogue describes it. It is data only: reading it, or creating the
 * method, loads no engine.
 *
 * @param <T> the type of the method
 * @param name the catalogue name, such as {@code crl}
 * @param summary what it does, in one line
 * @param use when to use it, and what to watch for, in a few sentences
 * @param paper where it was published
 * @param formula the loss of one sample, in the notation of {@code docs/methods.md}
 * @param known how well the formula is known
 * @param parameters its parameters, in the order they are written
 * @param factory makes the method from a value for every parameter; refuses bad values with {@link
 *     InvalidConfig}
 */
public record MethodSpec<T>(
    String name,
    String summary,
    String use,
    String paper,
    String formula,
    Known known,
    List<Parameter> parameters,
    Function<Map<String, Double>, T> factory) {

  /** How well a published formula is known. */
  public enum Known {
    /** Read in the authors' own code, or stated identically by two independent sources. */
    EXACT,
    /** The idea is published; the equation given here is our choice. */
    RECONSTRUCTION
  }

  /**
   * A number that a method takes.
   *
   * @param name its name in a spec, such as {@code alpha}
   * @param symbol the paper's symbol, such as α
   * @param defaultValue the value where none is given
   * @param paperValue the authors' value, or null where they name none
   * @param rule which values are allowed, such as "finite, at least 0"
   */
  public record Parameter(
      String name, String symbol, double defaultValue, @Nullable Double paperValue, String rule) {}

  /** Keeps an unmodifiable copy of the parameters, and refuses a name that occurs twice. */
  public MethodSpec {
    parameters = List.copyOf(parameters);
    Set<String> names = new HashSet<>();
    for (Parameter parameter : parameters) {
      if (!names.add(parameter.name())) {
        throw new IllegalArgumentException(
            "Method " + name + " has two parameters named " + parameter.name() + ".");
      }
    }
  }

  /**
   * Fills in the defaults.
   *
   * @param given values by parameter name, some or all
   * @return a value for every parameter, in catalogue order, not yet checked against its rule
   * @throws InvalidConfig if a name is not a parameter of this method
   */
  public Map<String, Double> complete(Map<String, Double> given) {
    Map<String, Double> complete = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      complete.put(parameter.name(), parameter.defaultValue());
    }
    for (Map.Entry<String, Double> entry : given.entrySet()) {
      if (complete.replace(entry.getKey(), entry.getValue()) == null) {
        throw unknownParameter(entry.getKey());
      }
    }
    return Collections.unmodifiableMap(complete);
  }

  /**
   * Makes the method.
   *
   * @param given values by parameter name; those left out take their defaults
   * @return the method
   * @throws InvalidConfig if a name is not a parameter of this method, or a value breaks its rule
   */
  public T create(Map<String, Double> given) {
    return factory.apply(complete(given));
  }

  /**
   * A parameter's value, for factories.
   *
   * @param values a value for every parameter
   * @param name which
   * @return its value
   */
  public static double value(Map<String, Double> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private InvalidConfig unknownParameter(String given) {
    if (parameters.isEmpty()) {
      return new InvalidConfig(
          name + " takes no parameters, but '" + given + "' was given: write " + name + ".");
    }
    String known = parameters.stream().map(Parameter::name).collect(Collectors.joining(", "));
    return new InvalidConfig(name + " has no parameter '" + given + "': it takes " + known + ".");
  }
}
