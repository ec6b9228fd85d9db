package discern.cli;

import discern.config.MethodSpec;
import discern.config.MethodSpec.Parameter;
import discern.config.Spec;
import discern.config.Task;
import discern.head.HeadFactory;
import discern.head.Methods;
import discern.loss.ProbabilityCurve;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code discern losses}. */
@Command(
    name = "losses",
    description =
        "Lists the losses with their formulas, papers and parameters; with NAME, explains one and"
            + " draws it.",
    mixinStandardHelpOptions = true)
final class LossesCommand implements Callable<Integer> {
  @CommandLine.Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "One of them, such as crl or focal(gamma=3).")
  private @Nullable String name;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = Console.out(spec);
    if (name != null) {
      explain(out, Spec.parse(name));
    } else if (json) {
      out.println(json(Methods.CATALOGUE.all()).toPrettyString());
    } else {
      Methods.CATALOGUE.all().forEach(loss -> print(out, loss));
      out.println("losses NAME explains one and draws it.");
    }
    return 0;
  }

  private void explain(PrintWriter out, Spec asked) {
    Spec full = Methods.CATALOGUE.canonical(asked);
    MethodSpec<HeadFactory> loss = Methods.CATALOGUE.find(asked.name());
    if (json) {
      out.println(json(List.of(loss)).get(0).toPrettyString());
      return;
    }
    print(out, loss);
    out.println("    " + loss.use());
    HeadFactory method = Methods.CATALOGUE.create(asked);
    method
        .curve()
        .ifPresentOrElse(
            curve -> draw(out, full, curve),
            () ->
                out.println(
                    method.task() == Task.ONE_LABEL
                        ? "    It looks at more than p_y, so that it has no curve over it to draw."
                        : "    It is for several labels an image, so that there is no one p_y to draw"
                            + " it over."));
  }

  private static void draw(PrintWriter out, Spec loss, ProbabilityCurve curve) {
    out.printf("%n%s over p_y ( * ), in nats; cross-entropy beside it ( · )%n", loss);
    TextPlot.lines(p -> curve.value().applyAsDouble(Math.log(p)), p -> -Math.log(p))
        .forEach(out::println);
    out.printf(
        "%nits gain w: the gradient in the logits is w(p_y)·(p − onehot(y)); cross-entropy's is"
            + " 1%n");
    TextPlot.lines(p -> curve.gain().applyAsDouble(Math.log(p)), p -> 1).forEach(out::println);
  }

  private static void print(PrintWriter out, MethodSpec<?> loss) {
    String parameters =
        loss.parameters().stream()
            .map(p -> p.name() + "=" + number(p.defaultValue()))
            .collect(Collectors.joining(",", "(", ")"));
    out.println(loss.name() + (loss.parameters().isEmpty() ? "" : parameters));
    out.println("    " + loss.summary());
    out.println("    " + loss.formula());
    out.println("    " + loss.paper() + "; " + known(loss));
    loss.parameters().forEach(parameter -> out.println("    " + describe(parameter)));
  }

  // 3 rather than 3.0, as specs are written.
  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static String describe(Parameter parameter) {
    String paper =
        parameter.paperValue() == null ? "" : ", the paper's " + number(parameter.paperValue());
    return parameter.name()
        + ": "
        + parameter.symbol()
        + ", "
        + parameter.rule()
        + "; default "
        + number(parameter.defaultValue())
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
          .put("use", loss.use())
          .put("formula", loss.formula())
          .put("paper", loss.paper())
          .put("known", known(loss));
      node.set("parameters", mapper.valueToTree(loss.parameters()));
    }
    return array;
  }
}
