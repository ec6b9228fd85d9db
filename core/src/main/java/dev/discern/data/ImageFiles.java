package dev.discern.data;

import dev.discern.config.WorkFailed;
import dev.discern.image.ImageNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the files that count as images. */
public final class ImageFiles {
  private ImageFiles() {}

  /**
   * The images at a path.
   *
   * @param files the image files, sorted by path within each folder
   * @param skipped how many files were skipped, not counting hidden ones
   * @param notes one sentence for each kind of skipped file, with an example
   */
  public record Found(List<Path> files, int skipped, List<String> notes) {
    /** Copies the lists. */
    public Found {
      files = List.copyOf(files);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Finds the image files at a path: those that training would use, at any depth.
   *
   * @param path a file, which is returned whatever its name, or a folder
   * @return the file, or the images in the folder and below it
   * @throws WorkFailed if the path does not exist, or has no images
   */
  public static Found below(Path path) {
    if (!Files.exists(path)) {
      throw new WorkFailed(path + " does not exist: check its name.");
    }
    if (!Files.isDirectory(path)) {
      return new Found(List.of(path), 0, List.of());
    }
    List<Path> files = new ArrayList<>();
    Skipped skipped = new Skipped();
    walk(Folder.of(path), path, new HashSet<>(), files, skipped);
    if (files.isEmpty()) {
      throw new WorkFailed(
          String.join(" ", concat("The folder " + path + " has no images.", skipped.notes())));
    }
    return new Found(files, skipped.count(), skipped.notes());
  }

  private static List<String> concat(String first, List<String> others) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(others);
    return all;
  }

  private static void walk(
      Folder folder, Path shown, Set<Object> seen, List<Path> files, Skipped skipped) {
    if (!seen.add(folder.key()) || folder.isOutput()) {
      return;
    }
    FileNames names = folder.files();
    for (int i = 0; i < names.size(); i++) {
      Path file = shown.resolve(names.name(i));
      if (isImageName(names.name(i))) {
        files.add(file);
      } else {
        skipped.file(file.toString());
      }
    }
    folder.broken().forEach(name -> skipped.broken(shown.resolve(name).toString()));
    for (Folder child : folder.folders()) {
      walk(child, shown.resolve(child.name()), seen, files, skipped);
    }
  }

  /** Whether a file's name is that of a supported kind of image. */
  static boolean isImageName(String name) {
    return ImageNames.isImage(name);
  }

  /** Whether a field of a list ends like the name of an image, or the address of one. */
  static boolean looksLikeImage(String field) {
    int query = field.indexOf('?');
    return isImageName(query < 0 ? field : field.substring(0, query)) || isImageName(field);
  }

  /** The unsupported kind of an image, by its file's name. */
  static Optional<String> unreadKind(String name) {
    return ImageNames.unreadKind(name);
  }

  /** A file's name without the extension of an image; other names are left as they are. */
  static String stem(String name) {
    return isImageName(name) ? name.substring(0, name.lastIndexOf('.')) : name;
  }
}
