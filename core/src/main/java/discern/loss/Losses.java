package discern.loss;

import discern.config.InvalidConfig;
import discern.config.Spec;
import discern.loss.LossSpec.Known;
import discern.loss.LossSpec.Parameter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The catalogue of losses: an explicit list, in the order in which it is shown. Reading it loads no
 * engine, so it can be listed at once.
 */
public final class Losses {
  private static final String NON_NEGATIVE = "a finite number of at least 0";

  private static final Map<String, LossSpec> BY_NAME =
      index(List.of(crossEntropy(), negativeLogLikelihoodRatio(), competingRatio()));

  private Losses() {}

  /**
   * Every loss there is.
   *
   * @return the specs, in catalogue order
   */
  public static List<LossSpec> all() {
    return List.copyOf(BY_NAME.values());
  }

  /**
   * Looks a loss up.
   *
   * @param name its catalogue name
   * @return its spec
   * @throws InvalidConfig if there is none of that name; the message lists those there are
   */
  public static LossSpec find(String name) {
    LossSpec spec = BY_NAME.get(name);
    if (spec == null) {
      throw new InvalidConfig(
          "Loss '"
              + name
              + "' is unknown: choose one of "
              + String.join(", ", BY_NAME.keySet())
              + ".");
    }
    return spec;
  }

  /**
   * Makes a loss.
   *
   * @param spec its name and those parameters that differ from their defaults
   * @return the loss
   * @throws InvalidConfig if the name or a parameter is unknown, or a value breaks its rule
   */
  public static Loss create(Spec spec) {
    return find(spec.name()).create(spec.parameters());
  }

  /**
   * The one full spelling of a loss: {@code crl} becomes {@code crl(alpha=1.5,beta=1)}.
   *
   * @param spec a name with some parameters, in any order
   * @return the same loss with all its parameters, in catalogue order
   * @throws InvalidConfig if the name or a parameter is unknown, or a value breaks its rule
   */
  public static Spec canonical(Spec spec) {
    LossSpec loss = find(spec.name());
    Map<String, Double> complete = loss.complete(spec.parameters());
    Loss unused = loss.factory().apply(complete); // for its refusals alone
    return new Spec(spec.name(), complete);
  }

  static Map<String, LossSpec> index(List<LossSpec> specs) {
    Map<String, LossSpec> byName = new LinkedHashMap<>();
    for (LossSpec spec : specs) {
      if (byName.put(spec.name(), spec) != null) {
        throw new IllegalArgumentException("Two losses are named " + spec.name() + ".");
      }
    }
    return Collections.unmodifiableMap(byName);
  }

  private static LossSpec crossEntropy() {
    return new LossSpec(
        "ce",
        "Cross-entropy: the negative log-likelihood of the true class.",
        "Standard; Bishop, Pattern Recognition and Machine Learning (2006), section 4.3.4",
        "−ln p_y",
        Known.EXACT,
        List.of(),
        values -> new CrossEntropy());
  }

  private static LossSpec negativeLogLikelihoodRatio() {
    return new LossSpec(
        "nllr",
        "Negative log-likelihood ratio: the true class against all others together; may diverge.",
        "Zhu, Yao, Jiang, Yu, arXiv 1804.10690 (2018)",
        "−ln p_y + ln Σ_{i≠y} p_i",
        Known.EXACT,
        List.of(),
        values -> new NegativeLogLikelihoodRatio());
  }

  private static LossSpec competingRatio() {
    return new LossSpec(
        "crl",
        "Competing Ratio Loss: cross-entropy that also penalises the competing wrong classes.",
        "Zhang et al., arXiv 1907.13349 (2019); arXiv 1912.11642, Neurocomputing (2021)",
        "−ln p_y + β·ln(α + Σ_{i≠y} p_i)",
        Known.EXACT,
        List.of(
            new Parameter("alpha", "α", 1.5, 1.5, NON_NEGATIVE),
            new Parameter("beta", "β", 1, 1.0, NON_NEGATIVE)),
        values -> new CompetingRatioLoss(value(values, "alpha"), value(values, "beta")));
  }

  private static double value(Map<String, Double> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }
}
