package dev.discern.cli;

import dev.discern.config.WorkFailed;
import dev.discern.data.ImageFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The images at paths, one path after another, where {@code -} is standard input; problems with a
 * path are printed.
 */
final class PathImages implements Iterator<Path>, AutoCloseable {
  private final Iterator<Path> paths;
  private final PrintWriter err;
  private final PrintWriter notes;
  private final StandardInput input = new StandardInput();
  private Iterator<Path> here = List.<Path>of().iterator();
  private int failures;

  /**
   * Opens nothing yet.
   *
   * @param paths images, folders of images, or {@code -}
   * @param spec the command, which says where problems are printed
   * @throws dev.discern.config.InvalidConfig if standard input is named twice
   */
  PathImages(List<Path> paths, @Nullable CommandSpec spec) {
    StandardInput.requireOnce(paths);
    this.paths = paths.iterator();
    err = Console.err(spec);
    notes = Console.notes(spec);
  }

  @Override
  public boolean hasNext() {
    while (!here.hasNext() && paths.hasNext()) {
      open(paths.next());
    }
    return here.hasNext();
  }

  @Override
  public Path next() {
    return here.next();
  }

  private void open(Path path) {
    try {
      if (StandardInput.isIt(path)) {
        here = List.of(input.read()).iterator();
        return;
      }
      ImageFiles.Found found = ImageFiles.below(path);
      found.notes().forEach(notes::println);
      here = found.files().iterator();
    } catch (WorkFailed e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  /** Prints why an image is left out, and counts it. */
  void fail(String reason) {
    err.println("discern: " + input.inWords(reason));
    failures++;
  }

  /** An image's path as the user gave it. */
  Path given(Path image) {
    return input.given(image);
  }

  /** The number of paths and images so far that failed. */
  int failures() {
    return failures;
  }

  @Override
  public void close() {
    input.close();
  }
}
