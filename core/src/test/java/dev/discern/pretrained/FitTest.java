package dev.discern.pretrained;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.layer.TensorSpec;
import dev.discern.model.Models;
import dev.discern.torch.Dtype;
import dev.discern.torch.TensorInfo;
import dev.discern.weights.Listing;
import dev.discern.weights.WeightFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FitTest {
  static Stream<String> names() {
    return Models.CATALOGUE.all().stream().map(model -> model.name());
  }

  private static List<TensorInfo> tensors(String model) {
    return Models.CATALOGUE.find(model).create(Map.of()).build(3).tensors().stream()
        .map(FitTest::info)
        .toList();
  }

  private static TensorInfo info(TensorSpec spec) {
    return new TensorInfo(spec.name(), Dtype.F32, spec.shape());
  }

  private static List<Fit> fits(List<TensorInfo> tensors) {
    return Fit.all(new Listing(WeightFormat.SAFETENSORS, tensors, Map.of(), List.of()));
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyArchitectureFitsItselfAndNoOtherButItsTwin(String name) {
    List<String> whole = Fit.whole(fits(tensors(name)));
    assertThat(whole).contains(name).hasSizeLessThanOrEqualTo(name.contains("lite0") ? 2 : 1);
  }

  @Test
  void namesTheNearestAndWhatDiffers() {
    List<TensorInfo> most = tensors("resnet18").subList(0, 90);
    assertThat(Fit.whole(fits(most))).isEmpty();
    Fit nearest = Fit.nearest(fits(most)).orElseThrow();
    assertThat(nearest).isEqualTo(new Fit("resnet18", 90, 10, 0));
    assertThat(nearest.similarity()).isEqualTo(0.9);
  }

  @Test
  void resemblesNothingWithoutHalfOfTheTensors() {
    assertThat(Fit.nearest(fits(tensors("resnet18").subList(0, 40)))).isEmpty();
    assertThat(Fit.nearest(fits(List.of()))).isEmpty();
  }
}
