package dev.discern.card;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Describes the content of a folder that was given instead of a run. Changes nothing. */
public final class FolderContents {
  private static final Pattern IMAGE =
      Pattern.compile(".*\\.(jpe?g|jfif|png|webp|bmp|gif|tiff?|heic|avif)");
  private static final int DEPTH = 4;
  private static final int LOOKED_AT = 10_000;

  private FolderContents() {}

  /**
   * Whether a folder holds a comparison, whose runs are its subfolders.
   *
   * @param folder the folder
   * @return true if {@code compare} wrote it
   */
  public static boolean isComparison(Path folder) {
    return Files.exists(folder.resolve("comparison.json"));
  }

  /**
   * Describes a folder.
   *
   * @param folder the folder
   * @return a clause such as "it contains images, such as cat/1.jpg"
   */
  public static String describe(Path folder) {
    if (isComparison(folder)) {
      return "it is a comparison, whose runs are the folders in it"
          + such(folder, 1, FolderContents::isRun);
    }
    if (isRun(folder)) {
      return "it is a run that has no weights yet";
    }
    if (first(folder, 1, path -> true).isEmpty()) {
      return "it is empty, as a run that was interrupted before it began leaves it";
    }
    if (Files.isRegularFile(folder.resolve("best"))
        || Files.isRegularFile(folder.resolve("last"))) {
      return "it is the folder of a run's checkpoints, so name the folder above it";
    }
    if (first(folder, DEPTH, FolderContents::isImage).isPresent()) {
      return "it contains images" + such(folder, DEPTH, FolderContents::isImage);
    }
    if (first(folder, 2, FolderContents::isRun).isPresent()) {
      return "it contains runs" + such(folder, 2, FolderContents::isRun);
    }
    return "it contains other things" + such(folder, 1, path -> true);
  }

  private static boolean isRun(Path path) {
    return Files.exists(path.resolve("config.yaml")) || ModelFile.isIn(path);
  }

  private static boolean isImage(Path path) {
    return IMAGE.matcher(path.getFileName().toString().toLowerCase(Locale.ROOT)).matches()
        && Files.isRegularFile(path);
  }

  private static String such(Path folder, int depth, Predicate<Path> wanted) {
    return first(folder, depth, wanted)
        .map(path -> ", such as " + folder.relativize(path))
        .orElse("");
  }

  // The first in the order of the names at each level, among as many as can be looked at quickly.
  private static Optional<Path> first(Path folder, int depth, Predicate<Path> wanted) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> visible =
          entries
              .filter(path -> !path.getFileName().toString().startsWith("."))
              .limit(LOOKED_AT)
              .sorted()
              .toList();
      Optional<Path> here = visible.stream().filter(wanted).findFirst();
      return here.isPresent() || depth == 1
          ? here
          : visible.stream()
              .filter(Files::isDirectory)
              .flatMap(path -> first(path, depth - 1, wanted).stream())
              .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }
}
