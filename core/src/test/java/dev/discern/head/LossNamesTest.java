package dev.discern.head;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.config.MethodSpec;
import dev.discern.loss.CompetingRatioLoss;
import dev.discern.loss.CrossEntropy;
import dev.discern.loss.Loss;
import dev.discern.loss.Losses;
import dev.discern.loss.Targets;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run records a loss object of the catalogue under the catalogue's spelling. */
class LossNamesTest {
  static Stream<MethodSpec<Loss>> losses() {
    return Losses.CATALOGUE.all().stream();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void everyLossOfTheCatalogueNamesItself(MethodSpec<Loss> spec) {
    assertThat(Methods.spellingOf(spec.create(Map.of()))).contains(Methods.canonical(spec.name()));
  }

  @Test
  void keepsParametersThatAreNotTheDefaults() {
    assertThat(Methods.spellingOf(new CompetingRatioLoss(2.25, 0.5)))
        .contains("crl(alpha=2.25,beta=0.5)");
  }

  @Test
  void aLossThatBorrowsANameOfTheCatalogueIsStillTheUsersOwn() {
    Loss borrowed =
        new Loss() {
          @Override
          public String name() {
            return "ce";
          }

          @Override
          public Tensor perSample(Tensor logits, Targets targets) {
            return new CrossEntropy().perSample(logits, targets);
          }
        };

    assertThat(Methods.spellingOf(borrowed)).isEmpty();
    assertThat(OwnLosses.spelling(borrowed.name(), borrowed)).isEqualTo("own:ce");
  }
}
