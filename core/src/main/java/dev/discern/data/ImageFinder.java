package dev.discern.data;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the files that a list names, in any of the usual spellings. A name is looked up in the
 * listings of folders, so that each folder is read once and no file is probed: as it is, then in
 * any case, then with the extension of an image; below the list's folder, then below nearby
 * folders; finally without its leading folders, which may be those of another computer.
 */
final class ImageFinder {
  // Real image folders are not nested deeper; damaged lists may be.
  private static final int DEEPEST = 256;

  private final List<Path> bases;
  private final Map<Path, Optional<Folder>> folders = new HashMap<>();
  private final boolean prefixesVary;
  private Rule last = new Rule(0, 0);
  private String guessed = "";
  private boolean several;

  /**
   * A file that was found.
   *
   * @param path the absolute path
   * @param bytes its length
   */
  record Found(Path path, long bytes) {}

  /** Where a name was found: below which base, and without how many of its leading folders. */
  private record Rule(int base, int dropped) {}

  /**
   * Prepares to look below folders.
   *
   * @param bases folders in the order to look; those that do not exist are skipped
   * @param prefixesVary whether leading folders of a relative path may be those of another computer
   */
  ImageFinder(List<Path> bases, boolean prefixesVary) {
    this.prefixesVary = prefixesVary;
    this.bases = bases.stream().map(base -> base.toAbsolutePath().normalize()).distinct().toList();
  }

  /**
   * Folders to look in for the images of a list.
   *
   * @param list the file
   * @param likely folder names to try before others
   * @return the list's folder, folders in it, its parent, folders in that, the working directory
   */
  static List<Path> around(Path list, List<String> likely) {
    Path folder = Optional.ofNullable(list.toAbsolutePath().normalize().getParent()).orElse(list);
    Set<Path> bases = new LinkedHashSet<>();
    addWithInner(folder, likely, bases);
    if (Files.isDirectory(folder)) {
      Folder.of(folder).folders().forEach(inner -> bases.add(inner.path()));
    }
    Optional.ofNullable(folder.getParent()).ifPresent(p -> addWithInner(p, likely, bases));
    bases.add(Path.of("").toAbsolutePath());
    return List.copyOf(bases);
  }

  private static void addWithInner(Path folder, List<String> likely, Set<Path> bases) {
    bases.add(folder);
    List<String> images = List.of("images", "image", "imgs", "img", "photos", "JPEGImages", "data");
    for (String name : likely) {
      bases.add(folder.resolve(name));
      images.forEach(outer -> bases.add(folder.resolve(outer).resolve(name)));
    }
    images.forEach(name -> bases.add(folder.resolve(name)));
  }

  /**
   * Finds a file.
   *
   * @param spelled a path as the list spells it
   * @return the file; empty if it is not found
   * @throws InvalidPathException if the text is not a path
   */
  Optional<Found> find(String spelled) {
    several = false;
    String before = guessed;
    Optional<Found> exact = search(spelled);
    if (exact.isEmpty() && spelled.indexOf('\\') >= 0) {
      exact = search(spelled.replace('\\', '/'));
    }
    guessed = guessed.equals(before) ? before : spelled;
    return exact;
  }

  /** Whether the last name was not found because several files fit it. */
  boolean foundSeveral() {
    return several;
  }

  /** A name from another computer for which a file was found here; empty for none. */
  String guessed() {
    return guessed;
  }

  private Optional<Found> search(String spelled) {
    Path name = plain(spelled);
    if (name.getNameCount() > DEEPEST) {
      return Optional.empty();
    }
    Path root = name.getRoot();
    boolean foreign = root != null || isWindowsPath(spelled);
    Optional<Found> there = foreign ? lookup(name) : Optional.empty();
    if (there.isPresent()) {
      return there;
    }
    Optional<Found> found =
        searchBelow(root == null ? name : root.relativize(name), foreign ? 1 : 0);
    if (found.isPresent() && foreign && guessed.isEmpty()) {
      guessed = spelled;
    }
    return found;
  }

  /** Whether a name is an absolute Windows path. */
  static boolean isWindowsPath(String name) {
    return name.matches("(?s)([A-Za-z]:[\\\\/]|\\\\\\\\).*");
  }

  private Optional<Found> searchBelow(Path name, int leastDropped) {
    Optional<Found> again = last.dropped() < leastDropped ? Optional.empty() : lookup(name, last);
    if (again.isPresent()) {
      return again;
    }
    int most = prefixesVary || leastDropped > 0 ? name.getNameCount() : 1;
    for (int dropped = leastDropped; dropped < most; dropped++) {
      for (int base = 0; base < bases.size(); base++) {
        Rule rule = new Rule(base, dropped);
        Optional<Found> found = lookup(name, rule);
        if (found.isPresent()) {
          last = rule;
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Found> lookup(Path name, Rule rule) {
    int count = name.getNameCount();
    if (rule.dropped() >= count) {
      return Optional.empty();
    }
    return lookup(bases.get(rule.base()).resolve(name.subpath(rule.dropped(), count)).normalize());
  }

  private Optional<Found> lookup(Path file) {
    Path parent = file.getParent();
    Path last = file.getFileName();
    if (parent == null || last == null) {
      return Optional.empty();
    }
    return folder(parent).flatMap(folder -> lookup(folder, last.toString()));
  }

  private Optional<Found> lookup(Folder folder, String name) {
    FileNames files = folder.files();
    int i = files.find(name);
    if (i == FileNames.NONE) {
      i = files.findIgnoringCase(name);
    }
    if (i == FileNames.NONE) {
      i = files.findByStem(ImageFiles.stem(name));
    }
    several |= i == FileNames.SEVERAL;
    return i < 0
        ? Optional.empty()
        : Optional.of(new Found(folder.path().resolve(files.name(i)), files.bytes(i)));
  }

  private Optional<Folder> folder(Path path) {
    Optional<Folder> known = folders.get(path);
    if (known == null) {
      known = Files.isDirectory(path) ? Optional.of(Folder.of(path)) : alike(path);
      folders.put(path, known);
    }
    return known;
  }

  // "Images" for "images": below a base only, so that no folder elsewhere is listed for it.
  private Optional<Folder> alike(Path path) {
    Path parent = path.getParent();
    if (parent == null || bases.stream().noneMatch(parent::startsWith)) {
      return Optional.empty();
    }
    return folder(parent).flatMap(f -> f.folder(String.valueOf(path.getFileName())));
  }

  // Removes the parts of a web address that are not a file's name.
  private static Path plain(String spelled) {
    String name = spelled;
    if (name.startsWith("file:")) {
      name = local(name);
    } else if (name.matches("https?://.*")) {
      name = name.replaceFirst("https?://[^/]*/?", "");
    }
    int query = name.indexOf('?');
    if (query > 0) {
      // Label Studio: /data/local-files/?d=images/a.jpg; Roboflow and others: a.jpg?token=1.
      int file = name.indexOf("?d=");
      name = file >= 0 ? name.substring(file + 3) : name.substring(0, query);
    }
    return Path.of(name);
  }

  private static String local(String address) {
    try {
      String path = URI.create(address.replace(" ", "%20")).getPath();
      return path == null ? address : path;
    } catch (IllegalArgumentException e) {
      return address.replaceFirst("^file:/*", "/");
    }
  }

  /** The existing folders that were searched, for messages. */
  List<String> lookedIn() {
    List<String> looked = new ArrayList<>();
    for (Path base : bases) {
      if (Files.isDirectory(base)) {
        looked.add(base.toString());
      }
    }
    return looked;
  }
}
