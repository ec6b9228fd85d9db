package dev.discern.timm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.config.MethodSpec;
import dev.discern.config.Spec;
import dev.discern.head.HeadFactory;
import dev.discern.head.HeadShape;
import dev.discern.head.Methods;
import dev.discern.model.Models;
import dev.discern.torch.Devices;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TimmExportTest {
  static List<String> methods() {
    return Methods.CATALOGUE.all().stream().map(MethodSpec::name).toList();
  }

  @Test
  void knowsAllArchitecturesForPhotographsExceptTheOneOfTorchvision() {
    List<String> photographs =
        Models.CATALOGUE.all().stream()
            .map(MethodSpec::name)
            .filter(name -> Models.CATALOGUE.create(Spec.parse(name)).build(3).imageSide() > 32)
            .filter(name -> !name.equals("shufflenet_v2_x1_0"))
            .toList();
    assertThat(TimmExport.ARCHITECTURES).containsExactlyInAnyOrderElementsOf(photographs);
  }

  // A head that says so has the two tensors of a linear layer, besides what serves training.
  @ParameterizedTest
  @MethodSource("methods")
  void saysThatPredictionIsLinearOnlyWhereItIs(String name) {
    HeadFactory method = Methods.CATALOGUE.create(Spec.parse(name));
    try (Scope scope = new Scope()) {
      ParameterStore store = new ParameterStore(1, Devices.of("cpu"));
      method.build(store, new HeadShape(4, 3, List.of(1L, 1L, 1L)));
      boolean linear =
          store.state().keySet().stream()
              .filter(tensor -> !tensor.startsWith("centres."))
              .sorted()
              .toList()
              .equals(List.of("fc.bias", "fc.weight"));
      assertThat(method.predictsLinearly()).isEqualTo(linear);
    }
  }
}
