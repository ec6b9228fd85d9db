package dev.discern.loss;

import static dev.discern.loss.LossProbe.toDoubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {
  private Scope scope;

  @BeforeEach
  void openScope() {
    scope = new Scope();
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  @Test
  void weighsEverySampleOnceWithoutClassWeights() {
    Tensor weights = LossProbe.classes(2, 0, 1).weights();
    assertThat(weights.scalar_type().intern()).isEqualTo(ScalarType.Float);
    assertThat(toDoubles(weights)).containsExactly(1, 1, 1);
  }

  @Test
  void weighsASampleAsItsClass() {
    Targets targets =
        new Targets.Classes(Tensors.ofClasses(new int[] {2, 0, 2}), LossProbe.vector(3, 5, 7));
    assertThat(targets.weights().scalar_type().intern()).isEqualTo(ScalarType.Double);
    assertThat(toDoubles(targets.weights())).containsExactly(7, 3, 7);
  }

  @Test
  void weighsADistributionByItsExpectedClassWeight() {
    Tensor rows = LossProbe.matrix(new double[] {0.25, 0.75}, new double[] {1, 0});
    assertThat(toDoubles(new Targets.Distribution(rows, null).weights())).containsExactly(1, 1);
    Targets.Distribution weighted = new Targets.Distribution(rows, LossProbe.vector(2, 4));
    assertThat(toDoubles(weighted.weighted())).containsExactly(0.5, 3, 2, 0);
    assertThat(toDoubles(weighted.weights())).containsExactly(3.5, 2);
  }

  @Test
  void sumsSixteenBitWeightsInFloat32() {
    Tensor half = torch.ones(1, 2).to(ScalarType.BFloat16);
    Tensor weights = LossProbe.vector(1, 1.0 / 256).to(ScalarType.BFloat16);
    Targets distribution = new Targets.Distribution(half, weights);
    assertThat(distribution.weights().scalar_type().intern()).isEqualTo(ScalarType.Float);
    // 1 + 2^-8 has no bfloat16.
    assertThat(toDoubles(distribution.weights())).containsExactly(1.00390625);
    Targets classes = new Targets.Classes(Tensors.ofClasses(new int[] {1}), weights);
    assertThat(classes.weights().scalar_type().intern()).isEqualTo(ScalarType.Float);
  }

  @Test
  void countsItsSamples() {
    assertThat(LossProbe.classes(0, 1, 0).size()).isEqualTo(3);
    assertThat(new Targets.Distribution(torch.ones(4, 2), null).size()).isEqualTo(4);
  }

  @Test
  void smoothsTowardsAllClassesAlike() {
    Tensor weights = LossProbe.vector(1, 2, 3, 4);
    Targets.Distribution smooth =
        new Targets.Classes(Tensors.ofClasses(new int[] {1, 3}), weights).smoothed(0.2, 4);
    assertThat(toDoubles(smooth.probabilities()))
        .containsExactly(
            new double[] {0.05, 0.85, 0.05, 0.05, 0.05, 0.05, 0.05, 0.85}, within(1e-7));
    assertThat(smooth.classWeights()).isSameAs(weights);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, 7, Double.NaN})
  void refusesASmoothingThatIsNoShare(double smoothing) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LossProbe.classes(0).smoothed(smoothing, 3))
        .withMessageContainingAll(Double.toString(smoothing), "[0, 1)");
  }

  @Test
  void refusesToSmoothASingleClass() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LossProbe.classes(0).smoothed(0.1, 1))
        .withMessageContaining("at least 2");
  }

  @Test
  void refusesClassesThatAreNoListOfIndices() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Targets.Classes(torch.zeros(3), null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Targets.Classes(torch.zeros(3, 1).to(ScalarType.Long), null));
  }

  @Test
  void refusesADistributionThatIsNoFloatingMatrix() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Targets.Distribution(torch.zeros(3), null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Targets.Distribution(torch.zeros(3, 2).to(ScalarType.Long), null));
  }

  @Test
  void refusesClassWeightsOfAnotherForm() {
    Tensor classes = Tensors.ofClasses(new int[] {0});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Targets.Classes(classes, torch.ones(2, 2)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Targets.Classes(classes, torch.ones(2).to(ScalarType.Long)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Targets.Distribution(torch.ones(1, 2), torch.ones(3)))
        .withMessageContaining("3 class weights for 2");
  }
}
