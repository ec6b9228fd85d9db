package dev.discern.data;

import dev.discern.config.WorkFailed;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Refusals of folders that cannot be read as classes, with what was found and the way out. */
final class FolderProblems {
  private static final String SPELL =
      ": put the images of each class into a subfolder with the class's name, for 2 classes at"
          + " least.";

  private FolderProblems() {}

  /** Refuses data sets of YOLO's detectors: labels/*.txt beside images. */
  static void refuseDetection(Folder folder) {
    Stream<Folder> parts = PartFolders.of(folder).byPart().values().stream().flatMap(List::stream);
    Optional<Folder> boxes =
        Stream.concat(Stream.of(folder), parts)
            .flatMap(f -> f.folder("labels").stream())
            .filter(FolderProblems::holdsBoxes)
            .findFirst();
    if (boxes.isPresent()) {
      throw new WorkFailed(
          "The folder "
              + folder.path()
              + " looks like a YOLO detection data set ("
              + boxes.get().path()
              + " has .txt files), which Discern cannot read: export it as COCO or PASCAL VOC, or"
              + " as folders of classes.");
    }
  }

  private static boolean holdsBoxes(Folder labels) {
    return !labels.hasImages()
        && Stream.concat(Stream.of(labels), labels.folders().stream())
            .anyMatch(f -> first(f, List.of(".txt")).isPresent());
  }

  /** Refuses train and test folders that hold images directly: they are unlikely to be classes. */
  static void refuseFlatParts(PartFolders parts) {
    if (parts.byPart().size() < 2) {
      return;
    }
    List<Folder> all = parts.byPart().values().stream().flatMap(List::stream).toList();
    if (all.stream().noneMatch(Folder::hasImages)) {
      return;
    }
    List<Folder> looked = new ArrayList<>(List.of(parts.folder()));
    looked.addAll(all);
    boolean flat = all.stream().allMatch(f -> f.foldersWithImages().isEmpty());
    String found =
        !parts.has(Part.TRAIN) && !flat
            ? " has " + PartFolders.names(all) + " but no folder train: add it"
            : parts.byPart().getOrDefault(Part.TRAIN, all).stream().noneMatch(Folder::hasImages)
                ? " has a folder train without images: add some"
                : " has "
                    + PartFolders.names(all)
                    + ", which hold images but no class folders: put the images of each class into a"
                    + " subfolder of each. "
                    + hint(looked).map(sentence -> sentence + " ").orElse("")
                    + "If "
                    + PartFolders.names(all)
                    + " are the classes, move them into a folder named train";
    throw new WorkFailed("The folder " + parts.folder().path() + found + ".");
  }

  /** Refuses test/cat, test/dog beside cat and dog. */
  static void refusePartBesideClasses(PartFolders parts) {
    List<String> classes = parts.others().stream().map(ClassFolders::nameOf).toList();
    for (List<Folder> folders : parts.byPart().values()) {
      for (Folder part : folders) {
        List<String> inside = part.foldersWithImages().stream().map(ClassFolders::nameOf).toList();
        if (inside.stream().anyMatch(classes::contains)) {
          throw new WorkFailed(
              "The folder "
                  + part.path()
                  + " holds class folders and lies beside class folders of the same names ("
                  + String.join(", ", inside)
                  + "): move those beside it into a folder named train.");
        }
      }
    }
  }

  /** The refusal of a folder without two classes. */
  static WorkFailed tooFew(Folder folder, List<String> classes, Skipped skipped) {
    String found =
        classes.size() == 1
            ? "has only one class folder with images (" + classes.get(0) + ")"
            : folder.holdsImages()
                ? "has images but no class folders"
                : folder.folders().isEmpty() ? "has no class folders" : "has no images";
    List<String> sentences = new ArrayList<>();
    List<Folder> looked = new ArrayList<>(List.of(folder));
    looked.addAll(folder.folders());
    sentences.add("The folder " + folder.path() + " " + found + SPELL);
    if (Files.isRegularFile(folder.path().resolve("config.yaml"))) {
      sentences.add("It looks like a run: give the folder of its images instead.");
    } else {
      hint(looked).ifPresent(sentences::add);
    }
    sentences.addAll(skipped.notes());
    return new WorkFailed(String.join(" ", sentences));
  }

  // A sentence about a file that may hold the labels.
  private static Optional<String> hint(List<Folder> folders) {
    for (Folder folder : folders) {
      Optional<String> list = first(folder, List.of(".csv", ".tsv", ".json"));
      if (list.isPresent()) {
        return list.map(file -> "If " + file + " lists the labels, give its path.");
      }
      Optional<String> archive =
          first(folder, List.of(".zip", ".tar", ".gz", ".tgz", ".rar", ".7z"));
      if (archive.isPresent()) {
        return archive.map(file -> "If the images are in " + file + ", unpack it first.");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> first(Folder folder, List<String> endings) {
    FileNames files = folder.files();
    for (int i = 0; i < files.size(); i++) {
      String name = files.name(i);
      if (endings.stream().anyMatch(ending -> ends(name, ending))) {
        return Optional.of(folder.path().resolve(name).toString());
      }
    }
    return Optional.empty();
  }

  private static boolean ends(String name, String ending) {
    return name.toLowerCase(Locale.ROOT).endsWith(ending);
  }
}
