package dev.discern.cli;

import dev.discern.config.Check;
import dev.discern.config.Task;
import dev.discern.predict.Classification;
import dev.discern.predict.Classifier;
import dev.discern.predict.Prediction;
import dev.discern.predict.Prediction.ClassProbability;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "Folders are searched at any depth. An image that cannot be read is reported; the others are"
          + " classified, and the exit code is 1."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.shared();

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ModelOptions model = new ModelOptions();

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PATH",
      description = "Images, or folders of images.")
  private List<Path> paths = List.of();

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description =
          "Images that run through the network together; by default chosen by their size.")
  private @Nullable Integer batchSize;

  @Option(
      names = "--top",
      paramLabel = "N",
      description =
          "Number of classes to show; by default 3, or all if images have several labels.")
  private @Nullable Integer top;

  @Option(names = "--json", description = "Print one JSON object per line.")
  private boolean json;

  private int failures;

  @Override
  public Integer call() {
    if (top != null) {
      Check.that(top >= 1, "--top", top, "must be 1 or more");
    }
    if (batchSize != null) {
      Check.that(
          batchSize >= 1 && batchSize <= 65_536, "--batch-size", batchSize, "must be 1 to 65536");
    }
    model.useThreads();
    PrintWriter out = Console.out(spec);
    PrintWriter err = Console.err(spec);
    PathImages images = new PathImages(paths, err);
    try (Classifier classifier = open()) {
      if (!classifier.model().note().isEmpty()) {
        err.println(classifier.model().note());
      }
      classifier.classify(
          images,
          batchSize == null ? classifier.batchSize() : batchSize,
          image -> print(image, classifier.card().task(), out, err));
    }
    return failures + images.failures() == 0 ? 0 : 1;
  }

  private Classifier open() {
    return model.open(
        "predict",
        paths,
        path ->
            Classifier.open(
                path, model.checkpoint(), model.device(), model.precision().orElse("auto")));
  }

  private void print(Classification image, Task task, PrintWriter out, PrintWriter err) {
    if (image instanceof Classification.Done done) {
      boolean several = task == Task.MANY_LABELS;
      int shown = top != null ? top : several ? done.prediction().classes().size() : 3;
      out.println(
          json
              ? line(done.path(), done.prediction(), shown, several)
              : text(done.path(), done.prediction(), shown));
    } else if (image instanceof Classification.Failed failed) {
      err.println("discern: " + failed.reason());
      failures++;
    }
  }

  private static String text(Path image, Prediction prediction, int shown) {
    return prediction.classes().stream()
        .limit(shown)
        .map(
            c ->
                String.format(
                    Locale.ROOT, "%s %.1f %%", Console.printable(c.name()), 100 * c.probability()))
        .collect(Collectors.joining("  ", Console.printable(image.toString()) + "\t", ""));
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
