package dev.discern.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.config.MethodSpec;
import dev.discern.config.Spec;
import dev.discern.layer.Architecture;
import dev.discern.layer.Layer;
import dev.discern.layer.Shape;
import dev.discern.layer.Shapes;
import dev.discern.model.Models;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The shapes that are inferred are those that the engine makes. */
class ShapesTest {
  static Stream<String> names() {
    return Models.CATALOGUE.all().stream().map(MethodSpec::name);
  }

  private static Architecture architecture(String spec) {
    return Models.CATALOGUE.create(Spec.parse(spec)).build(3);
  }

  @ParameterizedTest
  @MethodSource("names")
  void theEngineMakesTheInferredShapesBlockByBlock(String name) {
    Architecture architecture = architecture(name);
    int step = architecture.divisor();
    int smallest = Math.max(architecture.smallestSide(), 8);
    ParameterStore store = ParameterStore.toBeLoaded(new Device("cpu"));
    try (NoGradGuard noGrad = new NoGradGuard()) {
      Forward forward = new Forward(new Weights(architecture, store), Pass.EVALUATION);
      requireShapes(architecture, forward, smallest, smallest);
      requireShapes(architecture, forward, smallest + step, smallest + 3 * step);
    } finally {
      store.state().values().forEach(Tensor::close);
    }
  }

  private static void requireShapes(
      Architecture architecture, Forward forward, int height, int width) {
    List<Layer> parts = new ArrayList<>(architecture.trunk().children());
    parts.addAll(architecture.neck().children());
    Shapes shapes = new Shapes((layer, output) -> {});
    Shape shape = new Shape.Grid(3, height, width);
    try (Scope scope = new Scope()) {
      float[] pixels = new float[2 * 3 * height * width];
      Flow flow = Flow.kept(Tensors.ofFloats(pixels, 2, 3, height, width));
      for (Layer part : parts) {
        flow = part.on(forward, flow);
        shape = part.on(shapes, shape);
        assertThat(of(flow.tensor())).as("%s", part).isEqualTo(shape);
      }
      assertThat(shape).isEqualTo(new Shape.Grid(architecture.featureCount(), 1, 1));
    }
  }

  private static Shape of(Tensor tensor) {
    return tensor.dim() == 4
        ? new Shape.Grid((int) tensor.size(1), (int) tensor.size(2), (int) tensor.size(3))
        : new Shape.Sequence((int) tensor.size(1), (int) tensor.size(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "resnet50; 1; 1",
        "mobilenetv3_small_100; 1; 1",
        "densenet-bc; 4; 1",
        "densenet121; 29; 1",
        "convnext_atto; 32; 1",
        "vit_tiny_patch16_224; 16; 16"
      })
  void refusesImagesThatAreTooSmall(String name, int smallest, int divisor) {
    Architecture architecture = architecture(name);
    assertThat(architecture.smallestSide()).isEqualTo(smallest);
    assertThat(architecture.divisor()).isEqualTo(divisor);
    assertThatCode(() -> architecture.requireFits(new Shape.Grid(3, smallest, smallest)))
        .doesNotThrowAnyException();
    if (smallest > divisor) {
      assertThatExceptionOfType(Architecture.UnfitImage.class)
          .isThrownBy(() -> architecture.requireFits(new Shape.Grid(3, 64, smallest - 1)))
          .withMessage("takes images of at least " + smallest + " pixels per side");
    }
  }

  @ParameterizedTest
  @CsvSource({"15,16", "16,31", "8,8", "224,225"})
  void refusesSidesThatAreNotDivisible(int height, int width) {
    assertThatExceptionOfType(Architecture.UnfitImage.class)
        .isThrownBy(
            () ->
                architecture("vit_tiny_patch16_224").requireFits(new Shape.Grid(3, height, width)))
        .withMessage("takes images whose sides are multiples of 16 pixels");
  }
}
