package dev.discern.data;

import dev.discern.config.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The location of a user's own images.
 *
 * @param path a file or a folder
 * @param asked how many labels the user says each image has, if given
 * @param folder the path as a folder, or the only folder with images in it; none for a file
 * @param notes sentences for the user on how the place was found
 */
record Place(Path path, Optional<Task> asked, Optional<Folder> folder, List<String> notes) {
  /** The place at a path; empty if nothing is there. */
  static Optional<Place> of(Path path, Optional<Task> asked) {
    if (Files.isDirectory(path)) {
      return Optional.of(new Place(path, asked, Optional.of(Folder.of(path)), List.of()));
    }
    return Files.isRegularFile(path)
        ? Optional.of(new Place(path, asked, Optional.empty(), List.of()))
        : Optional.empty();
  }

  /** The only folder with images in this one, if it is a wrapper: archives often have one. */
  Optional<Place> unwrapped() {
    if (folder.isEmpty()
        || folder.get().holdsImages()
        || PartFolders.of(folder.get()).byPart().size() > 1) {
      return Optional.empty();
    }
    List<Folder> inner =
        folder.get().folders().stream().filter(Folder::hasImages).limit(2).toList();
    if (inner.size() != 1 || inner.get(0).holdsImages()) {
      return Optional.empty();
    }
    Folder only = inner.get(0);
    String note = "The images are in " + only.path() + ", the only folder of images there.";
    return Optional.of(new Place(only.path(), asked, Optional.of(only), List.of(note)));
  }
}
