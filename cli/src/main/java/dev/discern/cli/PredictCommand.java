package dev.discern.cli;

import dev.discern.config.Check;
import dev.discern.config.InvalidConfig;
import dev.discern.config.Task;
import dev.discern.predict.Classification;
import dev.discern.predict.Classifier;
import dev.discern.predict.PredictionSets;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ModelOptions model = new ModelOptions();

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PATH",
      description = "Images, folders of images, or - for an image from standard input.")
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

  @Option(
      names = "--coverage",
      paramLabel = "C",
      description =
          "Show the set of classes that holds the true one with this probability, such as 0.95.")
  private @Nullable Double coverage;

  @Option(
      names = "--reject",
      paramLabel = "P",
      description = "Say \"unsure\" if the likeliest class is less likely than this, such as 0.9.")
  private @Nullable Double reject;

  @Option(names = "--json", description = "Print one JSON object per line.")
  private boolean json;

  @Override
  public Integer call() {
    if (top != null) {
      Check.that(top >= 1, "--top", top, "must be 1 or more");
    }
    if (batchSize != null) {
      Check.that(
          batchSize >= 1 && batchSize <= 65_536, "--batch-size", batchSize, "must be 1 to 65536");
    }
    requireShares();
    model.useThreads();
    PrintWriter out = Console.out(spec);
    PrintWriter notes = Console.notes(spec);
    try (PathImages images = new PathImages(paths, spec);
        Classifier classifier = open()) {
      if (!classifier.model().note().isEmpty()) {
        notes.println(classifier.model().note());
      }
      PredictionLines lines = lines(classifier, notes);
      classifier.classify(
          images,
          batchSize == null ? classifier.batchSize() : batchSize,
          image -> print(image, lines, images, out));
      return images.failures() == 0 ? 0 : 1;
    }
  }

  private void requireShares() {
    requireShare("--coverage", coverage, "such as 0.95");
    requireShare("--reject", reject, "such as 0.9");
    if (coverage != null && top != null) {
      throw new InvalidConfig(
          "--coverage and --top both choose how many classes to show: leave one of them out.");
    }
  }

  private static void requireShare(String option, @Nullable Double value, String example) {
    if (value != null) {
      Check.that(value > 0 && value < 1, option, value, "must lie between 0 and 1, " + example);
    }
  }

  private Classifier open() {
    return model.open(
        "predict",
        paths,
        path ->
            Classifier.open(
                path, model.checkpoint(), model.device(), model.precision().orElse("auto")));
  }

  private PredictionLines lines(Classifier classifier, PrintWriter notes) {
    boolean several = classifier.card().task() == Task.MANY_LABELS;
    if (reject != null) {
      requireRejectable(classifier, several, notes);
    }
    Optional<PredictionSets> sets = Optional.ofNullable(coverage).map(classifier::sets);
    sets.filter(each -> !each.areCalibrated())
        .ifPresent(each -> notes.println(tooFew(classifier, each)));
    return new PredictionLines(top, several, sets, Optional.ofNullable(reject));
  }

  private static void requireRejectable(Classifier classifier, boolean several, PrintWriter notes) {
    Path file = classifier.model().file();
    if (several) {
      throw new InvalidConfig(
          file
              + " gives an image several labels, each with a probability of its own, so no image as a"
              + " whole is unsure: leave --reject out.");
    }
    if (classifier.card().calibration().isEmpty()) {
      notes.println(
          file
              + " has no calibration, so --reject takes its probabilities as they are, which usually"
              + " are too high.");
    }
  }

  private static String tooFew(Classifier classifier, PredictionSets sets) {
    return String.format(
        Locale.ROOT,
        "%s was calibrated on %,d validation images, but a coverage of %s needs %,d: every set holds"
            + " all classes. Ask for less, or train with more validation images.",
        classifier.model().file(),
        sets.calibrationImages(),
        sets.coverage(),
        sets.calibrationImagesNeeded());
  }

  private void print(
      Classification image, PredictionLines lines, PathImages images, PrintWriter out) {
    if (image instanceof Classification.Done done) {
      Path path = images.given(done.path());
      out.println(json ? lines.json(path, done.prediction()) : lines.text(path, done.prediction()));
    } else if (image instanceof Classification.Failed failed) {
      images.fail(failed.reason());
    }
  }
}
