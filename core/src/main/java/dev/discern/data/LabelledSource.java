package dev.discern.data;

import dev.discern.config.ConfigTree;
import dev.discern.config.Internal;
import dev.discern.config.InvalidConfig;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import dev.discern.image.ImageShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Labeled images other than a model's own training data, to measure the model. Accepts every source
 * that {@link Datasets} does; classes are matched by name or identifier.
 *
 * @param images the images, labeled with the model's classes
 * @param notes sentences for the user, such as about classes without images
 */
@Internal
public record LabelledSource(ImageSet images, List<String> notes) {
  /** Selects every image of a source, whatever its part. */
  public static final String ALL = "all";

  /** Keeps an unmodifiable copy. */
  public LabelledSource {
    notes = List.copyOf(notes);
  }

  /**
   * Opens a source.
   *
   * @param source a name or a path, as for training
   * @param part {@code all}, or {@code test} or {@code validation}, which the source must provide
   * @param shape the model's input shape
   * @param task the model's task; a model of several labels can be measured on images of one class
   *     each
   * @param classes the model's classes
   * @return the images
   * @throws InvalidConfig if the source is unknown or has no such part
   * @throws WorkFailed if it has a class that the model does not know, or images that do not fit
   */
  public static LabelledSource open(
      String source, String part, ImageShape shape, Task task, KnownClasses classes) {
    List<String> notes = new ArrayList<>();
    List<ImageSet> sets =
        Datasets.isNamed(source) ? known(source, part, shape) : own(source, part, notes);
    ImageSet images = Relabelled.of(source, sets, task, classes);
    notes.addAll(missing(images));
    return new LabelledSource(images, notes);
  }

  private static List<ImageSet> known(String source, String part, ImageShape shape) {
    Split split =
        Datasets.load(
            ConfigTree.defaults()
                .with("data.source", source)
                .with(Datasets.settings(source))
                .toConfig("The data set")
                .data());
    if (!split.shape().equals(shape)) {
      throw new WorkFailed(
          source
              + " has images of "
              + split.shape()
              + ", but the model takes "
              + shape
              + ": measure it on images of that shape.");
    }
    return switch (part) {
      case ALL -> List.of(split.train(), split.validation(), split.test());
      case "test" -> List.of(split.test());
      default -> List.of(split.validation());
    };
  }

  private static List<ImageSet> own(String source, String part, List<String> notes) {
    FileParts parts = Datasets.files(source);
    notes.addAll(parts.notes());
    return chosen(parts, part, source).stream().<ImageSet>map(FileImages::new).toList();
  }

  private static List<LabelledFiles> chosen(FileParts parts, String part, String source) {
    if (part.equals(ALL)) {
      return Stream.of(Optional.of(parts.train()), parts.validation(), parts.test())
          .flatMap(Optional::stream)
          .toList();
    }
    Optional<LabelledFiles> wanted = part.equals("test") ? parts.test() : parts.validation();
    return List.of(
        wanted.orElseThrow(
            () ->
                new InvalidConfig(
                    source + " has no " + part + " part: measure all of its images.")));
  }

  private static List<String> missing(ImageSet images) {
    int[] counts = images.classCounts();
    List<String> missing = new ArrayList<>();
    for (int k = 0; k < counts.length; k++) {
      if (counts[k] == 0) {
        missing.add(images.classNames().get(k));
      }
    }
    if (Arrays.stream(counts).sum() == 0) {
      throw new WorkFailed("No image carries a label: there is nothing to measure.");
    }
    return missing.isEmpty()
        ? List.of()
        : List.of(
            (missing.size() == 1 ? "One class has" : missing.size() + " classes have")
                + " no images here: "
                + String.join(", ", missing.subList(0, Math.min(10, missing.size())))
                + (missing.size() > 10 ? " ..." : "")
                + ".");
  }
}
