package dev.discern.train;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightAverageTest {
  private static final int STEPS = 40;

  private static float first(Network network, String name) {
    return Tensors.toFloats(requireNonNull(network.store().state().get(name)))[0];
  }

  private static void set(Network network, double value) {
    try (NoGradGuard noGrad = new NoGradGuard()) {
      network.store().state().values().forEach(tensor -> tensor.fill_(new Scalar(value)));
    }
  }

  // Σ over steps of the weight that each step's value still has.
  private static double closedForm(double start, IntToDoubleFunction value, double decay) {
    DoubleUnaryOperator kept = t -> Math.min(decay, (1 + t) / (10 + t));
    double average = 0;
    double share = 1;
    for (int t = STEPS - 1; t >= 0; t--) {
      average += share * (1 - kept.applyAsDouble(t)) * value.applyAsDouble(t);
      share *= kept.applyAsDouble(t);
    }
    return average + share * start;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.5, 0.9999})
  void equalsTheClosedForm(double decay) {
    IntToDoubleFunction value = t -> Math.sin(t) + t;
    try (Scope scope = new Scope();
        TinyNetwork trained = TinyNetwork.of("ce", true);
        TinyNetwork copy = TinyNetwork.of("ce", true)) {
      set(copy.network, -3);
      WeightAverage average = new WeightAverage(trained.network, copy.network, decay);
      for (int t = 0; t < STEPS; t++) {
        set(trained.network, value.applyAsDouble(t));
        average.follow(t);
      }
      double expected = closedForm(-3, value, decay);
      for (String name : new String[] {"conv.weight", "fc.weight", "bn.running_var"}) {
        assertThat((double) first(average.network(), name)).isCloseTo(expected, within(1e-4));
      }
      assertThat(first(trained.network, "fc.weight")).isEqualTo((float) value.applyAsDouble(39));
    }
  }

  @Test
  void keepsEveryBitOfWeightsThatDoNotChange() {
    try (Scope scope = new Scope();
        TinyNetwork trained = TinyNetwork.of("ce", true);
        TinyNetwork copy = TinyNetwork.of("ce", true)) {
      requireNonNull(trained.network.store().parameters().get("conv.weight"))
          .set_requires_grad(false);
      Map<String, float[]> before = copy.values();
      WeightAverage average = new WeightAverage(trained.network, copy.network, 0.99);
      for (int t = 0; t < STEPS; t++) {
        average.follow(t);
      }
      copy.values().forEach((name, values) -> assertThat(values).isEqualTo(before.get(name)));
      Tensor frozen = trained.network.store().parameters().get("conv.weight");
      assertThat(frozen.requires_grad()).isFalse();
    }
  }
}
