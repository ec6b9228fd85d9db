package dev.discern.data;

import dev.discern.config.WorkFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which files count as images, and where they are. */
public final class ImageFiles {
  // The one list of extensions that are read.
  private static final Set<String> READ =
      Set.of(
          ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".bmp", ".dib", ".gif", ".tif",
          ".tiff");

  // Images that people have, and that are not read.
  private static final Map<String, String> NOT_READ =
      Map.ofEntries(
          Map.entry(".heic", "HEIC"),
          Map.entry(".heif", "HEIC"),
          Map.entry(".hif", "HEIC"),
          Map.entry(".avif", "AVIF"),
          Map.entry(".cr2", "camera raw"),
          Map.entry(".cr3", "camera raw"),
          Map.entry(".nef", "camera raw"),
          Map.entry(".nrw", "camera raw"),
          Map.entry(".arw", "camera raw"),
          Map.entry(".dng", "camera raw"),
          Map.entry(".orf", "camera raw"),
          Map.entry(".raf", "camera raw"),
          Map.entry(".rw2", "camera raw"),
          Map.entry(".pef", "camera raw"),
          Map.entry(".raw", "camera raw"),
          Map.entry(".jp2", "JPEG 2000"),
          Map.entry(".j2k", "JPEG 2000"),
          Map.entry(".jxl", "JPEG XL"),
          Map.entry(".psd", "Photoshop"),
          Map.entry(".svg", "SVG"),
          Map.entry(".ico", "ICO"),
          Map.entry(".tga", "TGA"),
          Map.entry(".ppm", "PNM"),
          Map.entry(".pgm", "PNM"),
          Map.entry(".pbm", "PNM"),
          Map.entry(".exr", "OpenEXR"),
          Map.entry(".dcm", "DICOM"));

  private ImageFiles() {}

  /**
   * The images at a path.
   *
   * @param files the image files, sorted by path within each folder
   * @param skipped how many files were passed over, hidden ones apart
   * @param notes one sentence for each kind of file that was passed over, with an example
   */
  public record Found(List<Path> files, int skipped, List<String> notes) {
    /** Copies the lists. */
    public Found {
      files = List.copyOf(files);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Finds the image files at a path: what training would consider, at any depth.
   *
   * @param path a file, which is returned whatever its name, or a folder
   * @return the file, or the images in the folder and below it
   * @throws WorkFailed if the path does not exist, or there is no image
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

  /** Whether a file's name is that of an image of a kind that is read. */
  static boolean isImageName(String name) {
    return READ.contains(extension(name));
  }

  /** Whether a field of a list ends like the name of an image, or the address of one. */
  static boolean looksLikeImage(String field) {
    int query = field.indexOf('?');
    return isImageName(query < 0 ? field : field.substring(0, query)) || isImageName(field);
  }

  /** The kind of an image that is not read, by its file's name. */
  static Optional<String> unreadKind(String name) {
    return Optional.ofNullable(NOT_READ.get(extension(name)));
  }

  /** A file's name without the extension of an image; other names are left as they are. */
  static String stem(String name) {
    return isImageName(name) ? name.substring(0, name.length() - extension(name).length()) : name;
  }

  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
  }
}
