package dev.discern.mix;

import static dev.discern.config.MethodSpec.value;

import dev.discern.config.Catalogue;
import dev.discern.config.InvalidConfig;
import dev.discern.config.MethodSpec;
import dev.discern.config.MethodSpec.Known;
import dev.discern.config.MethodSpec.Parameter;
import dev.discern.config.Spec;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The ways to mix a batch, each with what a user should know of it. */
public final class Mixes {
  private static final String RULE = "a number in [0.01, 1000]";

  /** Every way to mix, in the order in which it is shown. */
  public static final Catalogue<BatchMix> CATALOGUE =
      Catalogue.of("Mix", List.of(mixup(), cutMix()));

  private Mixes() {}

  /**
   * Makes what a list asks for: each batch is mixed in one of the ways listed, drawn at random.
   *
   * @param specs entries of {@link #CATALOGUE}, each at most once
   * @return how to mix, or empty if the list is
   * @throws InvalidConfig if a name or a parameter is unknown, a value breaks its rule, or a name
   *     is listed twice
   */
  public static Optional<BatchMix> of(List<Spec> specs) {
    Set<String> names = new HashSet<>();
    for (Spec spec : specs) {
      if (!names.add(spec.name())) {
        throw new InvalidConfig("Mix '" + spec.name() + "' is listed twice: list it once.");
      }
    }
    List<BatchMix> choices = specs.stream().map(CATALOGUE::create).toList();
    return choices.size() > 1 ? Optional.of(new OneOf(choices)) : choices.stream().findFirst();
  }

  private static MethodSpec<BatchMix> mixup() {
    return new MethodSpec<>(
        "mixup",
        "Mixup: every image and target is a weighted mean of two.",
        "For longer trainings with a loss that takes soft targets. Training accuracy then means"
            + " little: no image belongs to one class alone.",
        "Zhang, Cissé, Dauphin, Lopez-Paz, arXiv 1710.09412 (ICLR 2018), equation 1",
        "x ← λ·x_i + (1 − λ)·x_j, t ← λ·t_i + (1 − λ)·t_j, λ ~ Beta(α, α)",
        Known.EXACT,
        List.of(new Parameter("alpha", "α", 0.2, 0.2, RULE)),
        values -> new Mixup(value(values, "alpha")));
  }

  private static MethodSpec<BatchMix> cutMix() {
    return new MethodSpec<>(
        "cutmix",
        "CutMix: a rectangle of every image comes from another, and so does its share of the"
            + " target.",
        "As mixup, where parts of an object suffice to recognize it. Both together are common: each"
            + " batch then draws one.",
        "Yun, Han, Oh, Chun, Choe, Yoo, arXiv 1905.04899 (ICCV 2019), section 3",
        "x ← M·x_i + (1 − M)·x_j, t ← λ·t_i + (1 − λ)·t_j, λ = mean(M)",
        Known.EXACT,
        List.of(new Parameter("alpha", "α", 1, 1.0, RULE)),
        values -> new CutMix(value(values, "alpha")));
  }
}
