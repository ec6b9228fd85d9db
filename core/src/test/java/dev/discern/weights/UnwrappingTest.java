package dev.discern.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.torch.Dtype;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnwrappingTest {
  private static final TensorRef TENSOR =
      new TensorRef(new StorageRef("0", Dtype.F32, 1), 0, List.of(), List.of());

  private static void refuses(@Nullable Object value, String reason) {
    assertThatThrownBy(() -> Unwrapping.of(value))
        .isInstanceOf(BadWeights.class)
        .hasMessageContaining(reason);
  }

  @Test
  void prefersAveragedWeights() throws BadWeights {
    Map<String, Object> both =
        Map.of("model", Map.of("a", TENSOR), "state_dict_ema", Map.of("b", TENSOR), "x", TENSOR);
    assertThat(Unwrapping.of(both).path()).containsExactly("state_dict_ema");
    assertThat(Unwrapping.of(both).tensors()).containsOnlyKeys("b");
  }

  @Test
  void refusesSeveralSetsOfTensors() {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("encoder", Map.of("a", TENSOR));
    parts.put("decoder", Map.of("b", TENSOR));
    refuses(parts, "(encoder, decoder)");
  }

  @Test
  void refusesWhatHoldsNoTensorsByName() {
    refuses(null, "no tensors by name");
    refuses(List.of(TENSOR), "no tensors by name");
    refuses(TENSOR, "one tensor without a name");
    refuses(Map.of(1, TENSOR), "no tensors by name");
    refuses(Map.of("epoch", 3), "its keys are epoch");
    refuses(Map.of("state_dict", Map.of()), "its keys are state_dict");
  }

  @Test
  void endsWhereADictHoldsItself() {
    Map<String, @Nullable Object> loop = new LinkedHashMap<>();
    loop.put("model", loop);
    refuses(loop, "no tensors by name");
  }

  @Test
  void removesPrefixesThatEveryNameHas() {
    assertThat(Prefixes.removed(Map.of("module.a", 1, "module.b", 2))).containsOnlyKeys("a", "b");
    assertThat(Prefixes.removed(Map.of("module.a", 1, "b", 2))).containsOnlyKeys("module.a", "b");
    assertThat(Prefixes.removed(Map.of("_orig_mod.module.a", 1))).containsOnlyKeys("a");
    assertThat(Prefixes.removed(Map.of("module._orig_mod.a", 1))).containsOnlyKeys("a");
    assertThat(Prefixes.removed(Map.of("module.", 1))).containsOnlyKeys("module.");
    assertThat(Prefixes.removed(Map.of())).isEmpty();
  }

  @Test
  void keepsTheOrder() {
    Map<String, Integer> tensors = new LinkedHashMap<>();
    for (int i = 9; i >= 0; i--) {
      tensors.put("module." + i, i);
    }
    assertThat(new ArrayList<>(Prefixes.removed(tensors).values()))
        .containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  }
}
