package dev.discern.cli;

import dev.discern.config.Check;
import dev.discern.config.InvalidConfig;
import dev.discern.config.MethodSpec;
import dev.discern.config.Spec;
import dev.discern.layer.Architecture;
import dev.discern.layer.Description;
import dev.discern.layer.LayerCost;
import dev.discern.layer.Shape;
import dev.discern.model.ModelFactory;
import dev.discern.model.Models;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code discern models}. */
@Command(
    name = "models",
    description = "Lists the models with what they cost; with NAME, shows the layers of one.",
    mixinStandardHelpOptions = true)
final class ModelsCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int CHANNELS = 3;
  private static final int LARGEST = 4096;
  private static final String COLUMNS = "%-30s %-36s %-16s %11s %13s%n";

  @CommandLine.Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "A model, such as resnet20 or wrn(depth=16,width=4).")
  private @Nullable String name;

  @Option(
      names = "--image-size",
      paramLabel = "N",
      description = "Height and width of the images, instead of those the model is published for.")
  private @Nullable Integer imageSize;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    if (imageSize != null) {
      Check.that(
          imageSize >= 1 && imageSize <= LARGEST, "--image-size", imageSize, "must be 1 to 4096");
    }
    PrintWriter out = Console.out(spec);
    if (name != null) {
      show(out, Models.CATALOGUE.canonical(Spec.parse(name)));
    } else {
      list(out);
    }
    return 0;
  }

  private void list(PrintWriter out) {
    ArrayNode array = JSON.createArrayNode();
    if (!json) {
      out.println("Parameters and multiply-adds without the classifier, for one RGB image:");
      out.println();
    }
    for (MethodSpec<ModelFactory> model : Models.CATALOGUE.all()) {
      list(out, model, array.addObject());
    }
    if (json) {
      out.println(array.toPrettyString());
      return;
    }
    out.println();
    out.println("models NAME shows the layers of one.");
  }

  private void list(PrintWriter out, MethodSpec<ModelFactory> model, ObjectNode node) {
    Architecture architecture = model.create(Map.of()).build(CHANNELS);
    int side = imageSize == null ? architecture.imageSide() : imageSize;
    List<LayerCost> costs;
    try {
      costs = architecture.costs(new Shape.Grid(CHANNELS, side, side));
    } catch (Architecture.UnfitImage e) {
      node.put("name", model.name()).put("imageSize", side).put("unfit", e.getMessage());
      row(out, model, "-", "-", side, e.getMessage());
      return;
    }
    describe(node, model, side, costs);
    row(
        out,
        model,
        shortened(sum(costs, LayerCost::parameters)),
        shortened(sum(costs, LayerCost::multiplyAdds)),
        side,
        model.summary());
  }

  private void row(
      PrintWriter out,
      MethodSpec<ModelFactory> model,
      String parameters,
      String multiplyAdds,
      int side,
      @Nullable String text) {
    if (!json) {
      out.printf("%-22s %8s %8s  at %3d  %s%n", model.name(), parameters, multiplyAdds, side, text);
    }
  }

  private void show(PrintWriter out, Spec asked) {
    MethodSpec<ModelFactory> model = Models.CATALOGUE.find(asked.name());
    Architecture architecture = Models.CATALOGUE.create(asked).build(CHANNELS);
    int side = imageSize == null ? architecture.imageSide() : imageSize;
    List<LayerCost> costs = costs(asked.name(), architecture, side);
    if (json) {
      ObjectNode node = JSON.createObjectNode();
      describe(node, model, side, costs);
      ArrayNode layers = node.putArray("layers");
      costs.forEach(cost -> describe(layers.addObject(), cost));
      out.println(node.toPrettyString());
      return;
    }
    out.printf("%s: %s%n%s%n%s%n", asked, model.summary(), model.formula(), model.paper());
    for (MethodSpec.Parameter parameter : model.parameters()) {
      out.printf("    %s: %s%n", parameter.name(), parameter.rule());
    }
    out.println();
    out.printf(COLUMNS, "name", "layer", "output", "parameters", "mult-adds");
    for (LayerCost cost : costs) {
      out.printf(
          COLUMNS,
          Description.name(cost.layer()),
          Description.kind(cost.layer()),
          cost.output(),
          counted(cost.parameters()),
          counted(cost.multiplyAdds()));
    }
    out.printf(
        Locale.ROOT,
        "%-84s %,11d %,13d%n",
        "in all, for an image of 3 × " + side + " × " + side + ", without the classifier",
        sum(costs, LayerCost::parameters),
        sum(costs, LayerCost::multiplyAdds));
  }

  private static List<LayerCost> costs(String name, Architecture architecture, int side) {
    try {
      return architecture.costs(new Shape.Grid(CHANNELS, side, side));
    } catch (Architecture.UnfitImage e) {
      throw new InvalidConfig(
          name + " " + e.getMessage() + ": choose another --image-size than " + side + ".", e);
    }
  }

  private static void describe(
      ObjectNode node, MethodSpec<ModelFactory> model, int side, List<LayerCost> costs) {
    node.put("name", model.name())
        .put("summary", model.summary())
        .put("structure", model.formula())
        .put("paper", model.paper())
        .put("imageSize", side)
        .put("parameters", sum(costs, LayerCost::parameters))
        .put("multiplyAdds", sum(costs, LayerCost::multiplyAdds));
  }

  private static void describe(ObjectNode node, LayerCost cost) {
    node.put("name", Description.name(cost.layer()))
        .put("layer", Description.kind(cost.layer()))
        .put("output", cost.output().toString())
        .put("parameters", cost.parameters())
        .put("multiplyAdds", cost.multiplyAdds());
  }

  private static long sum(List<LayerCost> costs, ToLongFunction<LayerCost> figure) {
    return costs.stream().mapToLong(figure).sum();
  }

  private static String counted(long number) {
    return number == 0 ? "" : String.format(Locale.ROOT, "%,d", number);
  }

  private static String shortened(long number) {
    return number >= 1e9
        ? String.format(Locale.ROOT, "%.2f G", number / 1e9)
        : number >= 1e6
            ? String.format(Locale.ROOT, "%.2f M", number / 1e6)
            : String.format(Locale.ROOT, "%.1f k", number / 1e3);
  }
}
