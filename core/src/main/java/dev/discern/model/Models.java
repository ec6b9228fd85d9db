package dev.discern.model;

import dev.discern.config.Catalogue;
import dev.discern.config.MethodSpec;
import java.util.List;
import java.util.stream.Stream;

/** The catalog of architectures: an explicit list, used by the command line, tests and docs. */
public final class Models {
  /** Every architecture, in display order: for small images first, then for photographs. */
  public static final Catalogue<ModelFactory> CATALOGUE =
      Catalogue.of(
          "Model",
          Stream.<List<MethodSpec<ModelFactory>>>of(
                  SmallModels.all(), ResNetModels.all(), MobileModels.all(), ModernModels.all())
              .flatMap(List::stream)
              .toList());

  private Models() {}
}
