package discern.cli;

import discern.config.MethodSpec;
import discern.config.MethodSpec.Parameter;
import discern.head.Methods;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code discern losses}. */
@Command(
    name = "losses",
    description = "Lists the losses with their formulas, papers and parameters.",
    mixinStandardHelpOptions = true)
final class LossesCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = Console.out(spec);
    if (json) {
      out.println(json(Methods.CATALOGUE.all()).toPrettyString());
    } else {
      Methods.CATALOGUE.all().forEach(loss -> print(out, loss));
    }
    return 0;
  }

  private static void print(PrintWriter out, MethodSpec<?> loss) {
    String parameters =
        loss.parameters().stream()
            .map(p -> p.name() + "=" + p.defaultValue())
            .collect(Collectors.joining(",", "(", ")"));
    out.println(loss.name() + (loss.parameters().isEmpty() ? "" : parameters));
    out.println("    " + loss.summary());
    out.println("    " + loss.formula());
    out.println("    " + loss.paper() + "; " + known(loss));
    loss.parameters().forEach(parameter -> out.println("    " + describe(parameter)));
  }

  private static String describe(Parameter parameter) {
    String paper = parameter.paperValue() == null ? "" : ", the paper's " + parameter.paperValue();
    return parameter.name()
        + ": "
        + parameter.symbol()
        + ", "
        + parameter.rule()
        + "; default "
        + parameter.defaultValue()
        + paper;
  }

  private static String known(MethodSpec<?> loss) {
    return loss.known().name().toLowerCase(Locale.ROOT);
  }

  private static ArrayNode json(List<? extends MethodSpec<?>> losses) {
    JsonMapper mapper = new JsonMapper();
    ArrayNode array = mapper.createArrayNode();
    for (MethodSpec<?> loss : losses) {
      ObjectNode node = array.addObject();
      node.put("name", loss.name())
          .put("summary", loss.summary())
          .put("formula", loss.formula())
          .put("paper", loss.paper())
          .put("known", known(loss));
      node.set("parameters", mapper.valueToTree(loss.parameters()));
    }
    return array;
  }
}
