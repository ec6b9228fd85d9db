package dev.discern.data;

import dev.discern.config.WorkFailed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Recognizes which folders are classes and which are parts: classes only ({@code cat, dog}), parts
 * that hold classes ({@code train/cat, test/cat}), or classes that hold parts ({@code cat/train,
 * cat/test}). An ambiguous layout is refused.
 */
final class FolderLayout {
  private static final Set<String> UNLABELED =
      Set.of(
          "pred",
          "predict",
          "prediction",
          "predictions",
          "inference",
          "unlabeled",
          "unlabelled",
          "unsup",
          "unknown",
          "all",
          "images");

  private final Folder folder;
  private final List<String> notes;

  /**
   * Prepares to examine a folder.
   *
   * @param folder the folder that holds classes or parts
   * @param notes receives sentences for the user
   */
  FolderLayout(Folder folder, List<String> notes) {
    this.folder = folder;
    this.notes = notes;
  }

  /**
   * The folders of each class in each part; all images are training images if there are no parts.
   */
  Map<Part, SortedMap<String, List<Folder>>> read() {
    PartFolders parts = PartFolders.of(folder);
    if (isPartsFirst(parts)) {
      return partsFirst(parts);
    }
    // Classes may have the names of parts if they are in a folder named after a part.
    if (Part.exactly(folder.name()).isEmpty()) {
      FolderProblems.refuseFlatParts(parts);
      FolderProblems.refusePartBesideClasses(parts);
    }
    noteLoose(folder);
    return classesFirst().orElseGet(() -> trainOnly(folder.folders()));
  }

  private static Map<Part, SortedMap<String, List<Folder>>> trainOnly(List<Folder> classes) {
    return new EnumMap<>(Map.of(Part.TRAIN, ClassFolders.byClass(classes)));
  }

  private static boolean isPartsFirst(PartFolders parts) {
    return parts.byPart().getOrDefault(Part.TRAIN, List.of()).stream()
            .anyMatch(train -> !train.foldersWithImages().isEmpty())
        && (parts.byPart().size() > 1
            || parts.byPart().getOrDefault(Part.TRAIN, List.of()).size() > 1
            || !parts.others().isEmpty());
  }

  private Map<Part, SortedMap<String, List<Folder>>> partsFirst(PartFolders parts) {
    leaveOut(parts.others());
    Folder train = inner(parts.only(Part.TRAIN).orElseThrow());
    Map<Part, SortedMap<String, List<Folder>>> layout = trainOnly(train.folders());
    noteLoose(train);
    noteLoose(folder);
    for (Part part : List.of(Part.VALIDATION, Part.TEST)) {
      parts
          .only(part)
          .map(FolderLayout::inner)
          .filter(f -> isLabeled(f, part))
          .ifPresent(f -> layout.put(part, ClassFolders.byClass(f.folders())));
    }
    return layout;
  }

  // seg_train/seg_train, train/images, dataset/dataset: archives often repeat a folder.
  private static Folder inner(Folder part) {
    List<Folder> inside = part.foldersWithImages();
    if (part.holdsImages() || inside.size() != 1) {
      return part;
    }
    Folder only = inside.get(0);
    boolean repeated = only.name().equalsIgnoreCase(part.name()) || isNeutral(only);
    return repeated && !only.holdsImages() ? only : part;
  }

  private static boolean isNeutral(Folder folder) {
    return Part.exactly(folder.name()).isPresent()
        || UNLABELED.contains(folder.name().toLowerCase(Locale.ROOT));
  }

  private boolean isLabeled(Folder part, Part name) {
    List<Folder> classes = part.foldersWithImages();
    boolean labeled =
        classes.size() > 1
            || (classes.size() == 1
                && !isNeutral(classes.get(0))
                && !classes.get(0).name().equalsIgnoreCase(part.name()));
    if (labeled) {
      noteLoose(part);
    } else {
      notes.add(
          "The folder "
              + part.path()
              + (part.hasImages() ? " has images but no class folders" : " has no images")
              + ": it was left out, and "
              + name.word()
              + " images are drawn from the training images.");
    }
    return labeled;
  }

  private void leaveOut(List<Folder> others) {
    List<Folder> odd = others.stream().filter(f -> !isUnlabeled(f)).toList();
    if (!odd.isEmpty()) {
      throw new WorkFailed(
          "The folder "
              + folder.path()
              + " has folders named after parts, but also "
              + PartFolders.names(odd)
              + ": keep either parts or classes there. If all of them are classes, move them into a"
              + " folder named train.");
    }
    for (Folder other : others) {
      notes.add("The folder " + other.path() + " was left out: it is neither a part nor a class.");
    }
  }

  private static boolean isUnlabeled(Folder folder) {
    String[] words = folder.name().toLowerCase(Locale.ROOT).split("[^a-z]+");
    return Arrays.stream(words).anyMatch(UNLABELED::contains);
  }

  private void noteLoose(Folder outside) {
    FileNames files = outside.files();
    int count = 0;
    String example = "";
    for (int i = 0; i < files.size(); i++) {
      if (ImageFiles.isImageName(files.name(i)) && count++ == 0) {
        example = files.name(i);
      }
    }
    if (count > 0 && !outside.foldersWithImages().isEmpty()) {
      notes.add(
          (count == 1 ? "1 image in " : count + " images in ")
              + outside.path()
              + (count == 1 ? " lies" : " lie")
              + " outside the class folders and "
              + (count == 1 ? "was" : "were")
              + " left out, such as "
              + example
              + ".");
    }
  }

  // cat/train, cat/test, dog/train, dog/test.
  private Optional<Map<Part, SortedMap<String, List<Folder>>>> classesFirst() {
    List<Folder> classes = folder.foldersWithImages();
    List<Folder> divided = classes.stream().filter(FolderLayout::isDivided).toList();
    if (divided.isEmpty() || classes.size() < 2) {
      return Optional.empty();
    }
    if (divided.size() < classes.size()) {
      List<Folder> others = new ArrayList<>(classes);
      others.removeAll(divided);
      throw new WorkFailed(
          "Some class folders in "
              + folder.path()
              + " hold parts ("
              + PartFolders.names(divided)
              + ") and others do not ("
              + PartFolders.names(others)
              + "): give all of them the folders train and test, or none.");
    }
    Map<Part, SortedMap<String, List<Folder>>> layout = trainOnly(List.of());
    for (Folder folderOfClass : classes) {
      PartFolders parts = PartFolders.of(folderOfClass);
      for (Part part : Part.values()) {
        parts
            .only(part)
            .ifPresent(
                f ->
                    layout
                        .computeIfAbsent(part, p -> new TreeMap<>())
                        .put(ClassFolders.nameOf(folderOfClass), List.of(f)));
      }
    }
    return Optional.of(layout);
  }

  private static boolean isDivided(Folder folder) {
    List<Folder> inside = folder.foldersWithImages();
    return !folder.holdsImages()
        && inside.stream().allMatch(f -> Part.exactly(f.name()).isPresent())
        && inside.stream().anyMatch(f -> Part.exactly(f.name()).equals(Optional.of(Part.TRAIN)));
  }
}
