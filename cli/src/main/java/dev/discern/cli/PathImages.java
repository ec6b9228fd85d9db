package dev.discern.cli;

import dev.discern.config.WorkFailed;
import dev.discern.data.ImageFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** The images at paths, one path after another; problems with a path are printed. */
final class PathImages implements Iterator<Path> {
  private final Iterator<Path> paths;
  private final PrintWriter err;
  private Iterator<Path> here = List.<Path>of().iterator();
  private int failures;

  PathImages(List<Path> paths, PrintWriter err) {
    this.paths = paths.iterator();
    this.err = err;
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
      ImageFiles.Found found = ImageFiles.below(path);
      found.notes().forEach(err::println);
      here = found.files().iterator();
    } catch (WorkFailed e) {
      err.println("discern: " + e.getMessage());
      failures++;
    }
  }

  /** The number of paths so far that could not be opened. */
  int failures() {
    return failures;
  }
}
