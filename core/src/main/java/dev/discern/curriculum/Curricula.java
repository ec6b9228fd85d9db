package dev.discern.curriculum;

import static dev.discern.config.MethodSpec.value;

import dev.discern.config.Catalogue;
import dev.discern.config.MethodSpec;
import dev.discern.config.MethodSpec.Known;
import dev.discern.config.MethodSpec.Parameter;
import java.util.List;

/** The catalog of curricula. */
public final class Curricula {
  /** Every curriculum, in display order. */
  public static final Catalogue<ClassExpansion> CATALOGUE =
      Catalogue.of("Curriculum", List.of(classExpansion()));

  private Curricula() {}

  private static MethodSpec<ClassExpansion> classExpansion() {
    return new MethodSpec<>(
        "class-expansion",
        "Class expansion: trains on the most confusing classes first, then adds classes in stages.",
        "For many similar classes, with any loss that uses nothing but logits. It takes as many"
            + " optimizer steps as the plain schedule, so the two can be compared.",
        "Wang, Zhao, Li, arXiv 2106.14412 (2021)",
        "stage t: the ⌈K·t/stages⌉ classes of highest (1/N_c)·Σ (1 − p_c), logits of others masked",
        Known.RECONSTRUCTION,
        List.of(
            new Parameter("stages", "stages", 3, null, "a whole number of 1 to 1000"),
            new Parameter("warmup", "warmup", 1, null, "epochs on all classes, at least 1")),
        values -> new ClassExpansion(value(values, "stages"), value(values, "warmup")));
  }
}
