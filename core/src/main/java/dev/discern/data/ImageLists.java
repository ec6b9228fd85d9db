package dev.discern.data;

import dev.discern.config.DataConfig;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Images of several labels as a source lists them, with what all such sources must fulfil.
 *
 * @param source the file or folder that lists them, for messages
 * @param root what images are shown relative to
 * @param classNames the classes, in their order
 * @param train the training images, or all where no other part is given
 * @param validation images to choose by, if the source names them
 * @param test images to report on, if the source names them
 * @param notes sentences for the user on what was left out
 */
record ImageLists(
    Path source,
    Path root,
    List<String> classNames,
    List<LabelledImage> train,
    Optional<List<LabelledImage>> validation,
    Optional<List<LabelledImage>> test,
    List<String> notes) {

  /** The labels of all images, sorted by name. */
  @SafeVarargs
  static List<String> classesOf(List<LabelledImage>... parts) {
    Set<String> names = new TreeSet<>();
    for (List<LabelledImage> part : parts) {
      part.forEach(image -> names.addAll(image.labels()));
    }
    return List.copyOf(names);
  }

  /**
   * Checks the lists, and opens the images.
   *
   * @param config size and shares
   * @param listener hears images checked
   * @return the split
   * @throws WorkFailed if images are missing, bad or in two parts, or classes have too few
   */
  Split open(DataConfig config, LoadListener listener) {
    return fileParts().open(config, listener);
  }

  /** The files of the parts, checked. */
  FileParts fileParts() {
    requireImages();
    requireTwoClasses();
    requireApart();
    requireThere();
    List<String> all = new ArrayList<>(notes);
    requireTaught();
    validation.ifPresent(part -> noteMissing("validation", part, all));
    test.ifPresent(part -> noteMissing("test", part, all));
    return new FileParts(
        files(train, all),
        validation.map(part -> files(part, List.of())),
        test.map(part -> files(part, List.of())));
  }

  private List<List<LabelledImage>> parts() {
    List<List<LabelledImage>> parts = new ArrayList<>(List.of(train));
    validation.ifPresent(parts::add);
    test.ifPresent(parts::add);
    return parts;
  }

  private void requireImages() {
    if (parts().stream().anyMatch(List::isEmpty)) {
      throw new WorkFailed(source + " lists no images in one of its parts: add some.");
    }
  }

  private void requireTwoClasses() {
    if (classNames.size() < 2) {
      throw new WorkFailed(
          source
              + " has "
              + (classNames.isEmpty() ? "no labels" : "only one label (" + classNames.get(0) + ")")
              + ": name 2 at least.");
    }
  }

  private void requireApart() {
    Set<Path> seen = new HashSet<>();
    for (List<LabelledImage> part : parts()) {
      for (LabelledImage image : part) {
        if (!seen.add(image.file())) {
          throw new WorkFailed(
              source + " lists the image " + image.file() + " twice: leave it in one place.");
        }
      }
    }
  }

  private void requireThere() {
    List<String> missing =
        parts().stream()
            .flatMap(List::stream)
            .map(LabelledImage::file)
            .filter(file -> !Files.isRegularFile(file))
            .map(Path::toString)
            .toList();
    if (!missing.isEmpty()) {
      throw new WorkFailed(
          "Images that "
              + source
              + " lists do not exist: put them there, or take them out of the list.\n"
              + FirstFew.of(missing, "such files"));
    }
  }

  // Where parts are drawn, the draw sees to it.
  private void requireTaught() {
    List<String> untaught = missing(train);
    if (!untaught.isEmpty()) {
      throw new WorkFailed(
          "No training image of "
              + source
              + " carries "
              + some(untaught)
              + ", which other images carry: add such training images, or take the label out.");
    }
  }

  private void noteMissing(String name, List<LabelledImage> part, List<String> all) {
    List<String> missing = missing(part);
    if (!missing.isEmpty()) {
      all.add("No " + name + " image carries " + some(missing) + ".");
    }
  }

  private List<String> missing(List<LabelledImage> part) {
    List<String> missing = new ArrayList<>(classNames);
    missing.removeAll(classesOf(part));
    return missing;
  }

  private static String some(List<String> names) {
    return "'"
        + names.get(0)
        + "'"
        + (names.size() > 1 ? " and " + (names.size() - 1) + " more" : "");
  }

  private LabelledFiles files(List<LabelledImage> part, List<String> notesOfPart) {
    Map<String, Integer> indices = new HashMap<>();
    for (String name : classNames) {
      indices.put(name, indices.size());
    }
    return new LabelledFiles(
        root.toAbsolutePath().normalize(),
        Task.MANY_LABELS,
        classNames,
        part.stream().map(LabelledImage::file).toList(),
        part.stream().map(image -> sorted(image.labels(), indices)).toList(),
        notesOfPart);
  }

  private static int[] sorted(Set<String> labels, Map<String, Integer> indices) {
    int[] sorted = labels.stream().mapToInt(name -> indices.getOrDefault(name, -1)).toArray();
    Arrays.sort(sorted);
    return sorted;
  }
}
