package dev.discern.data;

import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Images that a source lists by name, with the rules for all such sources. */
final class ImageLists {
  private final Path source;
  private final Path root;
  private final Map<Part, LabelledFiles.Builder> parts = new EnumMap<>(Part.class);
  private final List<String> missing = new ArrayList<>();
  private final List<String> twice = new ArrayList<>();
  private final List<String> badNames = new ArrayList<>();
  private final Set<String> lookedIn = new LinkedHashSet<>();
  private String guessed = "";

  /**
   * Starts with empty lists.
   *
   * @param source the file or folder that lists images, for messages
   * @param root the folder that images are shown relative to
   */
  ImageLists(Path source, Path root) {
    this.source = source;
    this.root = root.toAbsolutePath().normalize();
  }

  /**
   * Adds an image. Its problems are kept for {@link #parts}.
   *
   * @param part the part it belongs to
   * @param finder finds it
   * @param name its path as the source spells it
   * @param labels its labels, distinct
   * @param place where the source names it, such as "line 7"
   */
  void add(Part part, ImageFinder finder, String name, Collection<String> labels, String place) {
    Optional<ImageFinder.Found> found;
    try {
      found = finder.find(name);
    } catch (InvalidPathException e) {
      badNames.add("'" + FirstFew.cut(name.replace('\0', ' ')) + "' (" + place + ")");
      return;
    }
    if (found.isEmpty()) {
      missing.add(
          FirstFew.cut(name)
              + " ("
              + place
              + (finder.foundSeveral() ? ", where several files fit)" : ")"));
      if (missing.size() == 1) {
        lookedIn.addAll(finder.lookedIn());
      }
      return;
    }
    guessed = guessed.isEmpty() ? finder.guessed() : guessed;
    String shown = LabelledFiles.relative(root, found.get().path());
    if (!files(part).add(shown, found.get().bytes(), labels)) {
      twice.add(shown + " (" + place + ")");
    }
  }

  /** Makes a part that has no images known, so that it is refused rather than drawn. */
  void announce(Part part) {
    files(part);
  }

  /**
   * Checks the lists.
   *
   * @param asked how many labels the user says each image has, if given
   * @param order the classes in their order, or empty to sort them by name
   * @param notes sentences so far
   * @return the parts
   * @throws WorkFailed if images are missing or named twice, or the labels do not form a data set
   */
  FileParts parts(Optional<Task> asked, List<String> order, List<String> notes) {
    refuse(badNames, " has names that are not paths: correct them", "such names");
    refuseMissing();
    refuse(
        twice,
        " lists images twice in one part: list each once, with all of its labels",
        "such images");
    requireImages();
    List<String> all = new ArrayList<>(notes);
    leaveOutUnlabeled(all);
    List<String> classes = classes(order);
    requireTaught(classes);
    noteMissingValue(classes, all);
    if (!guessed.isEmpty()) {
      all.add(
          source
              + " has paths of another computer, such as "
              + guessed
              + ": images of the same names were found here.");
    }
    Task task = task(asked, all);
    for (Part part : List.of(Part.VALIDATION, Part.TEST)) {
      noteAbsent(part, classes, all);
    }
    return new FileParts(
        files(Part.TRAIN).build(root, task, classes),
        built(Part.VALIDATION, task, classes),
        built(Part.TEST, task, classes),
        new TreeMap<>(),
        all);
  }

  private LabelledFiles.Builder files(Part part) {
    return parts.computeIfAbsent(part, p -> new LabelledFiles.Builder());
  }

  private Optional<LabelledFiles> built(Part part, Task task, List<String> classes) {
    return Optional.ofNullable(parts.get(part)).map(files -> files.build(root, task, classes));
  }

  private void refuse(List<String> problems, String what, String more) {
    if (!problems.isEmpty()) {
      throw new WorkFailed(source + what + ".\n" + FirstFew.of(problems, more));
    }
  }

  private void refuseMissing() {
    if (!missing.isEmpty()) {
      boolean windows = missing.stream().anyMatch(ImageFinder::isWindowsPath);
      throw new WorkFailed(
          missing.size()
              + (missing.size() == 1 ? " image that " : " images that ")
              + source
              + (missing.size() == 1 ? " lists does not exist" : " lists do not exist")
              + (windows
                  ? ": write paths relative to the list's folder, since those of another computer"
                      + " lead nowhere here"
                  : ": add them, or remove them from the list")
              + ". Looked in "
              + FirstFew.inLine(List.copyOf(lookedIn))
              + ".\n"
              + FirstFew.of(missing, "such files"));
    }
  }

  private void requireImages() {
    announce(Part.TRAIN);
    List<String> empty =
        parts.entrySet().stream()
            .filter(part -> part.getValue().size() == 0)
            .map(part -> part.getKey().word())
            .toList();
    if (!empty.isEmpty()) {
      throw new WorkFailed(
          source
              + " lists no images"
              + (parts.size() == 1 ? "" : " for " + String.join(" and ", empty))
              + ": add some.");
    }
  }

  // Labels of test images are often withheld.
  private void leaveOutUnlabeled(List<String> notes) {
    for (Part part : List.of(Part.VALIDATION, Part.TEST)) {
      if (parts.containsKey(part) && files(part).labels().isEmpty()) {
        parts.remove(part);
        notes.add(
            "No "
                + part.word()
                + " image of "
                + source
                + " carries a label: these were left out, and "
                + part.word()
                + " images are drawn from the training images.");
      }
    }
  }

  private List<String> classes(List<String> order) {
    Set<String> carried = new TreeSet<>();
    parts.values().forEach(files -> carried.addAll(files.labels()));
    if (carried.size() < 2) {
      throw new WorkFailed(
          source
              + " has "
              + (carried.isEmpty()
                  ? "no labels"
                  : "only one label (" + carried.iterator().next() + ")")
              + ": label images with 2 classes at least.");
    }
    List<String> classes = new ArrayList<>(order);
    classes.retainAll(carried);
    carried.stream().filter(name -> !order.contains(name)).forEach(classes::add);
    return classes;
  }

  // What pandas and R write into an empty cell.
  private static void noteMissingValue(List<String> classes, List<String> notes) {
    for (String name : List.of("NaN", "nan", "<NA>", "NA")) {
      if (classes.contains(name)) {
        notes.add(
            "'"
                + name
                + "' is a class like the others: if it marks images without a label, leave their"
                + " label empty or remove them from the list.");
      }
    }
  }

  private void requireTaught(List<String> classes) {
    List<String> untaught = absent(Part.TRAIN, classes);
    if (!untaught.isEmpty()) {
      throw new WorkFailed(
          "No training image of "
              + source
              + " carries "
              + some(untaught)
              + ", which other images carry: add such training images, or remove the label.");
    }
  }

  private void noteAbsent(Part part, List<String> classes, List<String> notes) {
    List<String> absent = parts.containsKey(part) ? absent(part, classes) : List.of();
    if (!absent.isEmpty()) {
      notes.add("No " + part.word() + " image carries " + some(absent) + ".");
    }
  }

  private List<String> absent(Part part, List<String> classes) {
    List<String> absent = new ArrayList<>(classes);
    absent.removeAll(files(part).labels());
    return absent;
  }

  private static String some(List<String> names) {
    return "'"
        + names.get(0)
        + "'"
        + (names.size() > 1 ? " and " + (names.size() - 1) + " more" : "");
  }

  private Task task(Optional<Task> asked, List<String> notes) {
    boolean one = parts.values().stream().allMatch(LabelledFiles.Builder::oneEach);
    if (asked.isPresent()) {
      if (asked.get() == Task.ONE_LABEL && !one) {
        throw new WorkFailed(
            source
                + " was said to have one label per image, but some images have none or several.\n"
                + FirstFew.of(shown(count -> count != 1), "such images"));
      }
      return asked.get();
    }
    if (!one && shown(count -> count > 1).isEmpty()) {
      List<String> unlabeled = shown(count -> count == 0);
      notes.add(
          unlabeled.size()
              + (unlabeled.size() == 1 ? " image has" : " images have")
              + " no label (such as "
              + unlabeled.get(0)
              + "), so several labels per image are assumed: label every image to train for one"
              + " class per image.");
    }
    return one ? Task.ONE_LABEL : Task.MANY_LABELS;
  }

  private List<String> shown(Predicate<Integer> labelCount) {
    List<String> shown = new ArrayList<>();
    for (LabelledFiles.Builder files : parts.values()) {
      for (int i = 0; i < files.size(); i++) {
        if (labelCount.test(files.labelCount(i))) {
          shown.add(files.path(i));
        }
      }
    }
    return shown;
  }
}
