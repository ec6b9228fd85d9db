package dev.discern.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.Compiled;
import dev.discern.backbone.Backbone;
import dev.discern.backbone.Pass;
import dev.discern.config.MethodSpec;
import dev.discern.layer.Architecture;
import dev.discern.layer.LayerCost;
import dev.discern.layer.Shape;
import dev.discern.torch.ParameterStore;
import dev.discern.torch.Scope;
import dev.discern.torch.Tensors;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that shows how to add an architecture compiles and is the network it says. */
class ContributingModelTest {
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "```java\\n( *package dev.discern.model;.*?)```.*?```java\\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path classes;

  @Test
  void theExampleOfAnArchitectureIsOne() throws Exception {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../CONTRIBUTING.md")));
    assertThat(example.find()).isTrue();
    String line = example.group(2).strip();
    assertThat(line).endsWith(",");
    Compiled.into(
        classes,
        "Vggs",
        example.group(1)
            + "final class VggLine { static final dev.discern.config.MethodSpec<ModelFactory> LINE ="
            + line.substring(0, line.length() - 1)
            + "; }");
    MethodHandles.Lookup here = MethodHandles.lookup();
    for (String name : List.of("Vggs", "VggLine")) {
      Class<?> unused =
          here.defineClass(
              Files.readAllBytes(classes.resolve("dev/discern/model/" + name + ".class")));
    }
    MethodSpec<?> spec =
        (MethodSpec<?>)
            here.findStaticVarHandle(
                    Class.forName("dev.discern.model.VggLine"), "LINE", MethodSpec.class)
                .get();
    isVgg11(((ModelFactory) spec.create(Map.of("drop", 0.5))).build(3));
  }

  private static void isVgg11(Architecture architecture) {
    assertThat(architecture.smallestSide()).isEqualTo(32);
    long parameters =
        architecture.costs(new Shape.Grid(3, 224, 224)).stream()
            .mapToLong(LayerCost::parameters)
            .sum();
    // The paper's eight convolutions without biases, and factor and shift of each normalization.
    assertThat(parameters).isEqualTo(9_217_728 + 2 * 2_752);
    try (Scope scope = new Scope()) {
      Backbone backbone = new Backbone(architecture, new ParameterStore(0, new Device("cpu")));
      Tensor images = Tensors.ofFloats(new float[2 * 3 * 32 * 32], 2, 3, 32, 32);
      assertThat(backbone.forward(images, Pass.EVALUATION).size(1)).isEqualTo(512);
    }
  }
}
