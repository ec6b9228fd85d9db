package dev.discern.weights;

import dev.discern.config.AtomicFiles;
import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder in which the hub's own client keeps repositories, in the same layout, so that each
 * finds what the other fetched: {@code models--OWNER--NAME/} with {@code refs/REVISION}, which
 * holds a commit, {@code blobs/ETAG}, and {@code snapshots/COMMIT/FILE}, a relative link to a blob.
 *
 * <p>Source: the page "Understand caching" of the documentation of {@code huggingface_hub}.
 */
final class HubCache {
  private static final Pattern ETAG = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");

  private final Path root;
  private final Linker linker;

  /** Makes a link, where the file system can. */
  @FunctionalInterface
  interface Linker {
    /**
     * Makes a link.
     *
     * @param link the new file
     * @param target what it points at, relative to the link's folder
     * @throws IOException if there are no links here
     * @throws UnsupportedOperationException if there are no links on this system
     */
    void link(Path link, Path target) throws IOException;
  }

  HubCache(Path root, Linker linker) {
    this.root = root;
    this.linker = linker;
  }

  static HubCache in(Path root) {
    return new HubCache(root, Files::createSymbolicLink);
  }

  /** A repository's folder, which may not exist. */
  Path folder(HubName name) {
    return root.resolve("models--" + name.owner() + "--" + name.name());
  }

  /** The repositories of models that are here, ordered by name. */
  List<HubName> repositories() {
    return namesIn(root).stream().flatMap(folder -> repository(folder).stream()).toList();
  }

  private static Optional<HubName> repository(String folder) {
    String[] parts = folder.split("--", 3);
    if (parts.length < 3 || !parts[0].equals("models")) {
      return Optional.empty();
    }
    try {
      return Optional.of(HubName.parse(HubName.PREFIX + parts[1] + "/" + parts[2]));
    } catch (InvalidConfig e) {
      return Optional.empty(); // a folder of someone else's
    }
  }

  /** The commits of a repository of which there are files. */
  List<String> commits(HubName name) {
    return namesIn(folder(name).resolve("snapshots")).stream().filter(HubName::isCommit).toList();
  }

  private static List<String> namesIn(Path folder) {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.map(path -> String.valueOf(path.getFileName())).sorted().toList();
    } catch (IOException e) {
      return List.of(); // there is no cache, or none that can be read
    }
  }

  /** The commit that a revision pointed at when it was last looked up. */
  Optional<String> commit(HubName name) {
    if (name.isCommit()) {
      return Optional.of(name.revision());
    }
    try {
      String commit = Files.readString(ref(name)).strip();
      return Optional.of(commit).filter(HubName::isCommit);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Path ref(HubName name) {
    return folder(name).resolve("refs").resolve(name.revision());
  }

  /** Notes what a revision points at. A cache that cannot be written keeps what it has. */
  void remember(HubName name, String commit) {
    if (commit(name).equals(Optional.of(commit))) {
      return;
    }
    try {
      Files.createDirectories(ref(name).getParent());
      AtomicFiles.writeText(ref(name), commit);
    } catch (IOException | WorkFailed e) {
      return; // only the way back without a network is lost
    }
  }

  /** A file of a commit, if it is here. */
  Optional<Path> find(HubName name, String commit, String file) {
    return Optional.of(pointer(name, commit, file)).filter(Files::isRegularFile);
  }

  private Path pointer(HubName name, String commit, String file) {
    return folder(name).resolve("snapshots").resolve(commit).resolve(file);
  }

  /** Whether a server's ETag can name a file here. */
  static boolean isName(String etag) {
    return ETAG.matcher(etag).matches();
  }

  /** Where content is kept, whether or not it is here. */
  Path blob(HubName name, String etag) {
    return folder(name).resolve("blobs").resolve(etag);
  }

  /**
   * Shows content as a file of a commit.
   *
   * @throws WorkFailed if the cache cannot be written
   */
  Path place(HubName name, String commit, String file, String etag) {
    Path pointer = pointer(name, commit, file);
    try {
      Files.createDirectories(pointer.getParent());
      Files.deleteIfExists(pointer); // a link to a blob that is gone
      link(pointer, blob(name, etag), folder(name).resolve("snapshots").resolve(commit));
      return pointer;
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(pointer, e);
    }
  }

  private void link(Path pointer, Path blob, Path snapshot) throws IOException {
    try {
      linker.link(pointer, snapshot.relativize(blob));
    } catch (FileAlreadyExistsException e) {
      return; // another process has just placed the same content
    } catch (UnsupportedOperationException | IOException e) {
      Path copy = pointer.resolveSibling("." + pointer.getFileName() + ".tmp");
      Files.copy(blob, copy, StandardCopyOption.REPLACE_EXISTING);
      Files.move(copy, pointer, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
