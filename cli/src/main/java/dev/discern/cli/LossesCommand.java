package dev.discern.cli;

import dev.discern.config.MethodSpec;
import dev.discern.config.MethodSpec.Parameter;
import dev.discern.config.Spec;
import dev.discern.config.Task;
import dev.discern.curriculum.Curricula;
import dev.discern.head.HeadFactory;
import dev.discern.head.Methods;
import dev.discern.loss.Loss;
import dev.discern.loss.ProbabilityCurve;
import dev.discern.loss.Slices;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.DoubleUnaryOperator;
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
        "Lists the losses, and the curricula, with their formulas, papers and parameters; with NAME,"
            + " explains one and draws it.",
    mixinStandardHelpOptions = true)
final class LossesCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.shared();

  @CommandLine.Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "A loss or curriculum, such as crl or focal(gamma=3).")
  private @Nullable String name;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = Console.out(spec);
    if (name != null) {
      explain(out, Spec.parse(name));
    } else if (json) {
      out.println(json().toPrettyString());
    } else {
      Methods.CATALOGUE.all().forEach(loss -> print(out, loss));
      out.println();
      out.println(
          "Curricula, for train --curriculum, or as ce@class-expansion in compare --losses:");
      out.println();
      Curricula.CATALOGUE.all().forEach(curriculum -> print(out, curriculum));
      out.println();
      out.println("losses NAME explains one and draws it.");
    }
    return 0;
  }

  private void explain(PrintWriter out, Spec asked) {
    boolean isCurriculum = Curricula.CATALOGUE.has(asked.name());
    MethodSpec<?> method =
        isCurriculum
            ? Curricula.CATALOGUE.find(asked.name())
            : Methods.CATALOGUE.find(asked.name());
    Spec full =
        isCurriculum ? Curricula.CATALOGUE.canonical(asked) : Methods.CATALOGUE.canonical(asked);
    if (json) {
      out.println(json(method).toPrettyString());
      return;
    }
    print(out, method);
    out.println("    " + Flags.in(method.use()));
    if (!isCurriculum) {
      draw(out, full);
    }
  }

  private static void draw(PrintWriter out, Spec full) {
    HeadFactory method = Methods.CATALOGUE.create(full);
    Optional<ProbabilityCurve> exact = method.curve();
    Optional<Loss> onLogits = method.onLogits(Collections.nCopies(Slices.RIVALS + 1, 1L));
    if (exact.isPresent()) {
      draw(
          out,
          full + " over p_y",
          "its gain w: the gradient in the logits is w(p_y)·(p − onehot(y)), with cross-entropy's w = 1",
          exact.get(),
          p -> -Math.log(p));
    } else if (onLogits.isEmpty()) {
      out.println("    It has state beyond logits, so there is no curve over p_y to draw.");
    } else if (method.task() == Task.ONE_LABEL) {
      draw(
          out,
          full + " over p_y, where " + Slices.RIVALS + " equally likely rivals share the rest",
          "its gradient in the true class's logit there, over that of cross-entropy",
          Slices.amongEqualRivals(onLogits.get()),
          p -> -Math.log(p));
    } else {
      drawDecisions(out, full, onLogits.get());
    }
  }

  private static void drawDecisions(PrintWriter out, Spec full, Loss loss) {
    for (boolean carried : new boolean[] {true, false}) {
      draw(
          out,
          full + " of a label that the image " + (carried ? "carries" : "lacks") + ", over its p",
          "its gradient in the label's logit, over that of binary cross-entropy",
          Slices.ofLabel(loss, carried),
          p -> carried ? -Math.log(p) : -Math.log1p(-p));
    }
  }

  private static void draw(
      PrintWriter out,
      String title,
      String gainTitle,
      ProbabilityCurve curve,
      DoubleUnaryOperator crossEntropy) {
    out.printf("%n%s ( * ), in nats; cross-entropy beside it ( · )%n", title);
    TextPlot.lines(p -> curve.value().applyAsDouble(Math.log(p)), crossEntropy)
        .forEach(out::println);
    out.printf("%n%s ( * ); 1 ( · )%n", gainTitle);
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

  // Prints 3 rather than 3.0, as in specs.
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

  private static ArrayNode json() {
    ArrayNode array = JSON.createArrayNode();
    Methods.CATALOGUE.all().forEach(loss -> array.add(json(loss)));
    Curricula.CATALOGUE.all().forEach(curriculum -> array.add(json(curriculum)));
    return array;
  }

  private static ObjectNode json(MethodSpec<?> method) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("name", method.name())
            .put("kind", Curricula.CATALOGUE.has(method.name()) ? "curriculum" : "loss")
            .put("summary", method.summary())
            .put("use", Flags.in(method.use()))
            .put("formula", method.formula())
            .put("paper", method.paper())
            .put("known", known(method));
    node.set("parameters", JSON.valueToTree(method.parameters()));
    return node;
  }
}
