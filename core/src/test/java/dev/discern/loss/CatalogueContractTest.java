package dev.discern.loss;

import dev.discern.config.Spec;
import dev.discern.config.Task;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every loss of the catalogue for one class per image, at its defaults. */
@ParameterizedClass
@MethodSource("losses")
class CatalogueContractTest extends LossContract {
  private final Loss loss;

  CatalogueContractTest(Loss loss) {
    this.loss = loss;
  }

  static Stream<Loss> losses() {
    return Losses.CATALOGUE.all().stream()
        .map(spec -> Losses.CATALOGUE.create(Spec.parse(spec.name())))
        .filter(loss -> loss.task() == Task.ONE_LABEL);
  }

  @Override
  Loss loss() {
    return loss;
  }
}
