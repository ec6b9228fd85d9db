package dev.discern.data;

import dev.discern.config.AtomicFiles;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of the user's folders, listed on first access to its content, with one system call per entry.
 * Symbolic links are followed, but not into a folder that contains them. Hidden entries and
 * metadata files of operating systems are skipped. For one thread.
 */
final class Folder {
  private static final Set<String> LITTER =
      Set.of(
          "__macosx",
          "@eadir",
          "thumbs.db",
          "desktop.ini",
          "$recycle.bin",
          "system volume information",
          "lost+found",
          "#recycle");
  private static final List<String> RUN_FILES =
      List.of("metrics.jsonl", "environment.json", "result.json", "comparison.json");

  private final Path path;
  private final Object key;
  private final @Nullable Folder parent;
  private final Set<Object> above;
  private @Nullable Content content;

  /** What a folder holds: folders and files sorted by name, and links that lead nowhere. */
  private record Content(List<Folder> folders, FileNames files, List<String> broken) {}

  private Folder(Path path, Object key, @Nullable Folder parent, Set<Object> above) {
    this.path = path;
    this.key = key;
    this.parent = parent;
    this.above = above;
  }

  /**
   * A folder to start from.
   *
   * @param path an existing folder
   * @return the folder, not yet listed
   * @throws WorkFailed if it cannot be read
   */
  static Folder of(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      Set<Object> above = new HashSet<>();
      Path real = absolute.toRealPath();
      for (Path p = real.getParent(); p != null; p = p.getParent()) {
        above.add(key(p, Files.readAttributes(p, BasicFileAttributes.class)));
      }
      Object key = key(absolute, Files.readAttributes(absolute, BasicFileAttributes.class));
      return new Folder(absolute, key, null, above);
    } catch (IOException e) {
      throw unreadable(absolute, e);
    }
  }

  Path path() {
    return path;
  }

  String name() {
    return String.valueOf(path.getFileName());
  }

  /** A key that the folder shares with every link to it. */
  Object key() {
    return key;
  }

  List<Folder> folders() {
    return content().folders();
  }

  FileNames files() {
    return content().files();
  }

  /** The names of links that lead nowhere. */
  List<String> broken() {
    return content().broken();
  }

  /** The subfolder with a name, else the only one whose name differs from it in case. */
  Optional<Folder> folder(String name) {
    List<Folder> alike = folders().stream().filter(f -> f.name().equalsIgnoreCase(name)).toList();
    Optional<Folder> same = alike.stream().filter(f -> f.name().equals(name)).findFirst();
    return same.isPresent() || alike.size() != 1 ? same : Optional.of(alike.get(0));
  }

  /** Whether the folder itself has images. */
  boolean holdsImages() {
    FileNames files = files();
    for (int i = 0; i < files.size(); i++) {
      if (ImageFiles.isImageName(files.name(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether there are images in the folder or, at any depth, below it. */
  boolean hasImages() {
    return !isRun() && (holdsImages() || folders().stream().anyMatch(Folder::hasImages));
  }

  /** The subfolders that have images. */
  List<Folder> foldersWithImages() {
    return folders().stream().filter(Folder::hasImages).toList();
  }

  /** Whether training wrote this folder, or everything in it. */
  boolean isOutput() {
    return isRun()
        || (!holdsImages()
            && !folders().isEmpty()
            && folders().stream().allMatch(Folder::isOutput));
  }

  private boolean isRun() {
    if (files().find("config.yaml") < 0) {
      return false;
    }
    return files().size() + folders().size() == 1
        || RUN_FILES.stream().anyMatch(name -> files().find(name) >= 0)
        || folders().stream().anyMatch(f -> f.name().equals("checkpoints"));
  }

  private Content content() {
    if (content == null) {
      content = list();
    }
    return content;
  }

  private Content list() {
    List<Folder> folders = new ArrayList<>();
    List<FileNames.Entry> files = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (isPassedOver(name)) {
          continue;
        }
        requireSpellable(entry, name);
        add(entry, name, folders, files, broken);
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    } catch (DirectoryIteratorException e) {
      throw unreadable(path, Objects.requireNonNull(e.getCause()));
    }
    folders.sort(Comparator.comparing(Folder::name));
    files.sort(Comparator.comparing(FileNames.Entry::name));
    broken.sort(Comparator.naturalOrder());
    return new Content(List.copyOf(folders), new FileNames(files), List.copyOf(broken));
  }

  private void add(
      Path entry,
      String name,
      List<Folder> folders,
      List<FileNames.Entry> files,
      List<String> broken)
      throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(entry, BasicFileAttributes.class);
    } catch (IOException e) {
      broken.add(name);
      return;
    }
    if (attributes.isDirectory()) {
      Object entryKey = key(entry, attributes);
      if (!contains(entryKey)) {
        folders.add(new Folder(entry, entryKey, this, Set.of()));
      }
    } else if (attributes.isRegularFile()) {
      files.add(new FileNames.Entry(name, attributes.size()));
    } else {
      broken.add(name);
    }
  }

  // Whether a folder is this one or contains it.
  private boolean contains(Object other) {
    for (Folder f = this; f != null; f = f.parent) {
      if (f.key.equals(other) || f.above.contains(other)) {
        return true;
      }
    }
    return false;
  }

  private static Object key(Path path, BasicFileAttributes attributes) throws IOException {
    Object key = attributes.fileKey();
    return key == null ? path.toRealPath() : key;
  }

  private static boolean isPassedOver(String name) {
    return name.startsWith(".") || LITTER.contains(name.toLowerCase(Locale.ROOT));
  }

  // A name that Java cannot represent cannot be stored, and could not be opened again.
  private static void requireSpellable(Path entry, String name) {
    if (name.indexOf('\uFFFD') >= 0 && !entry.equals(entry.resolveSibling(name))) {
      throw new WorkFailed(
          "The name of "
              + entry
              + " has characters that the system's character set ("
              + System.getProperty("sun.jnu.encoding", "unknown")
              + ") lacks: set the environment variable LC_ALL to C.UTF-8, or rename it.");
    }
  }

  private static WorkFailed unreadable(Path path, IOException e) {
    return new WorkFailed(
        "The folder " + path + " cannot be read: " + AtomicFiles.reason(e) + ".", e);
  }
}
