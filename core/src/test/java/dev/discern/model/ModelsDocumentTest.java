package dev.discern.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.config.MethodSpec;
import dev.discern.config.MethodSpec.Parameter;
import dev.discern.layer.Architecture;
import dev.discern.layer.LayerCost;
import dev.discern.layer.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of docs/models.md are those of the catalogue. */
class ModelsDocumentTest {
  static Stream<MethodSpec<ModelFactory>> models() {
    return Models.CATALOGUE.all().stream();
  }

  private static List<String> rows() throws IOException {
    return Files.readAllLines(Path.of("../docs/models.md")).stream()
        .filter(line -> line.startsWith("| `"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("models")
  void hasItsRowWithWhatItCosts(MethodSpec<ModelFactory> model) throws IOException {
    Architecture architecture = model.create(Map.of()).build(3);
    int side = architecture.imageSide();
    List<LayerCost> costs = architecture.costs(new Shape.Grid(3, side, side));
    String parameters = String.join(",", model.parameters().stream().map(Parameter::name).toList());
    String row =
        "| `%s%s` | %s | %s | %s | %d | %d |"
            .formatted(
                model.name(),
                parameters.isEmpty() ? "" : "(" + parameters + ")",
                model.paper(),
                counted(costs, LayerCost::parameters),
                counted(costs, LayerCost::multiplyAdds),
                side,
                architecture.smallestSide());
    assertThat(rows()).anyMatch(line -> line.startsWith(row), row);
  }

  @ParameterizedTest
  @MethodSource("models")
  void saysWhetherItIsComparedWithTheOriginal(MethodSpec<ModelFactory> model) throws IOException {
    boolean compared = getClass().getResource("/golden/models/" + model.name() + ".json") != null;
    String last = model.name().startsWith("shufflenet") ? "torchvision" : "timm";
    assertThat(rows())
        .filteredOn(
            line ->
                line.startsWith("| `" + model.name() + "`")
                    || line.startsWith("| `" + model.name() + "("))
        .singleElement()
        .asString()
        .matches(row -> row.matches(".*\\| " + last + " \\| \\d\\.\\de-\\d\\d \\|") == compared);
  }

  @Test
  void hasNoOtherRows() throws IOException {
    assertThat(rows()).hasSameSizeAs(Models.CATALOGUE.all());
  }

  private static String counted(List<LayerCost> costs, ToLongFunction<LayerCost> figure) {
    return String.format(Locale.ROOT, "%,d", costs.stream().mapToLong(figure).sum());
  }
}
