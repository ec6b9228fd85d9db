package dev.discern.cli;

import dev.discern.config.Check;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.data.ImageFiles;
import dev.discern.predict.Prediction;
import dev.discern.predict.Prediction.ClassProbability;
import dev.discern.predict.Predictor;
import dev.discern.torch.Threads;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code discern predict}. */
@Command(
    name = "predict",
    description = {
      "Classifies images with a run's network.",
      "",
      "An image that can't be read is reported, the others are classified, and the exit code is 1."
    },
    mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "A run directory.")
  private @Nullable Path run;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PATH",
      description = "Images, or folders of images.")
  private List<Path> paths = List.of();

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      defaultValue = "best",
      description = "best (by validation, the default) or last.")
  private String checkpoint = "best";

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "How many classes to show: 3 of one class an image, else all, unless said.")
  private @Nullable Integer top;

  @Option(names = "--json", description = "Print a JSON object a line.")
  private boolean json;

  @Override
  public Integer call() {
    Check.oneOf(checkpoint, "--checkpoint", List.of("best", "last"));
    if (top != null) {
      Check.that(top >= 1, "--top", top, "must be 1 or more");
    }
    if (run == null) {
      throw new IllegalStateException("RUN is required.");
    }
    Threads.use(Threads.choose(Threads.AUTO));
    Predictor predictor = Predictor.open(run, checkpoint);
    PrintWriter out = Console.out(spec);
    PrintWriter err = Console.err(spec);
    int failures = 0;
    for (Path path : paths) {
      try {
        ImageFiles.Found found = ImageFiles.below(path);
        found.notes().forEach(err::println);
        for (Path image : found.files()) {
          failures += predict(predictor, image, out, err) ? 0 : 1;
        }
      } catch (WorkFailed e) {
        err.println("discern: " + e.getMessage());
        failures++;
      }
    }
    return failures == 0 ? 0 : 1;
  }

  private boolean predict(Predictor predictor, Path image, PrintWriter out, PrintWriter err) {
    try {
      Prediction prediction = predictor.predict(image);
      boolean several = predictor.task() == Task.MANY_LABELS;
      int shown = top != null ? top : several ? prediction.classes().size() : 3;
      out.println(json ? line(image, prediction, shown, several) : text(image, prediction, shown));
      return true;
    } catch (WorkFailed e) {
      err.println("discern: " + e.getMessage());
      return false;
    }
  }

  private static String text(Path image, Prediction prediction, int shown) {
    return prediction.classes().stream()
        .limit(shown)
        .map(c -> String.format(Locale.ROOT, "%s %.1f %%", c.name(), 100 * c.probability()))
        .collect(Collectors.joining("  ", image + "\t", ""));
  }

  private static String line(Path image, Prediction prediction, int shown, boolean several) {
    ObjectNode node = JSON.createObjectNode().put("path", image.toString());
    if (several) {
      node.set("labels", JSON.valueToTree(names(prediction)));
    } else {
      ClassProbability first = prediction.classes().get(0);
      node.put("class", first.name()).put("probability", first.probability());
    }
    node.set("classes", JSON.valueToTree(prediction.classes().stream().limit(shown).toList()));
    return node.toString();
  }

  private static List<String> names(Prediction prediction) {
    return prediction.likely().stream().map(ClassProbability::name).toList();
  }
}
