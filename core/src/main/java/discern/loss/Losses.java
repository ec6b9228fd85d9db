package discern.loss;

import discern.config.InvalidConfig;
import discern.config.Spec;
import discern.loss.LossSpec.Known;
import discern.loss.LossSpec.Parameter;
import java.util.List;
import java.util.stream.Collectors;

/** The losses by name: an explicit list that the command line, tests and docs iterate. */
public final class Losses {
  private static final List<LossSpec> ALL =
      List.of(
          new LossSpec(
              "ce",
              "Cross-entropy: looks only at the right class",
              "-ln p_y",
              "the usual baseline",
              Known.EXACT,
              List.of(),
              parameters -> new CrossEntropy()),
          new LossSpec(
              "nllr",
              "Negative log-likelihood ratio: the right class against all others; may diverge",
              "-ln p_y + ln sum_{i!=y} p_i",
              "Zhu, Yao, Jiang, Yu: arXiv 1804.10690 (2018)",
              Known.EXACT,
              List.of(),
              parameters -> new NegativeLogLikelihoodRatio()),
          new LossSpec(
              "crl",
              "Competing ratio loss: also weighs the right class against the competing wrong ones",
              "-ln p_y + beta ln(alpha + sum_{i!=y} p_i)",
              "Zhang et al.: Competing Ratio Loss, Neurocomputing 2021, arXiv 1912.11642",
              Known.EXACT,
              List.of(
                  new Parameter("alpha", "α", 1.5, "1.5", "0 or more"),
                  new Parameter("beta", "β", 1, "1", "0 or more")),
              parameters ->
                  new CompetingRatioLoss(
                      parameters.getOrDefault("alpha", Double.NaN),
                      parameters.getOrDefault("beta", Double.NaN))));

  private Losses() {}

  /**
   * Every loss, in the order to be listed.
   *
   * @return an unmodifiable list
   */
  public static List<LossSpec> all() {
    return ALL;
  }

  /**
   * Builds a loss.
   *
   * @param spec its name, and any of its parameters
   * @return the loss
   * @throws InvalidConfig if the name or a parameter is unknown, or a value is out of range
   */
  public static Loss create(Spec spec) {
    LossSpec known = find(spec.name());
    return known.factory().apply(known.complete(spec.parameters()));
  }

  /**
   * Spells a loss in full, and checks it.
   *
   * @param spec its name, and any of its parameters
   * @return the same with every parameter, so that equal losses have equal spellings
   * @throws InvalidConfig as {@link #create} does
   */
  public static Spec canonical(Spec spec) {
    create(spec);
    return new Spec(spec.name(), find(spec.name()).complete(spec.parameters()));
  }

  private static LossSpec find(String name) {
    return ALL.stream()
        .filter(spec -> spec.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidConfig(
                    "There is no loss '"
                        + name
                        + "'. Known losses: "
                        + ALL.stream().map(LossSpec::name).collect(Collectors.joining(", "))
                        + "."));
  }
}
