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

/** The catalog of ways to mix a batch, each with its description for users. */
public final class Mixes {
  private static final String RULE = "a number in [0.01, 1000]";

  /** Every way to mix, in display order. */
  public static final Catalogue<BatchMix> CATALOGUE =
      Catalogue.of("Mix", List.of(mixup(), cutMix()));

  private Mixes() {}

  /**
   * Creates the mix for a list: each batch is mixed in one of the listed ways, drawn at random.
   *
   * @param specs entries of {@link #CATALOGUE}, each at most once
   * @return the mix, or empty if the list is empty
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
        "For longer training with a loss that supports soft targets. Training accuracy then means"
            + " little, because no image belongs to a single class.",
        "Zhang, Cissé, Dauphin, Lopez-Paz, arXiv 1710.09412 (ICLR 2018), equation 1",
        "x ← λ·x_i + (1 − λ)·x_j, t ← λ·t_i + (1 − λ)·t_j, λ ~ Beta(α, α)",
        Known.EXACT,
        List.of(new Parameter("alpha", "α", 0.2, 0.2, RULE)),
        values -> new Mixup(value(values, "alpha")));
  }

  private static MethodSpec<BatchMix> cutMix() {
    return new MethodSpec<>(
        "cutmix",
        "CutMix: a rectangle of every image, and its share of the target, comes from another"
            + " image.",
        "Like mixup, for objects that can be recognized from a part. Combining both is common: each"
            + " batch then draws one of them.",
        "Yun, Han, Oh, Chun, Choe, Yoo, arXiv 1905.04899 (ICCV 2019), section 3",
        "x ← M·x_i + (1 − M)·x_j, t ← λ·t_i + (1 − λ)·t_j, λ = mean(M)",
        Known.EXACT,
        List.of(new Parameter("alpha", "α", 1, 1.0, RULE)),
        values -> new CutMix(value(values, "alpha")));
  }
}
