package dev.discern.cli;

import dev.discern.config.AtomicFiles;
import dev.discern.config.InvalidConfig;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image from standard input, which the command line calls {@code -}. It is kept in a temporary
 * file until {@link #close}, since an image's header and pixels are read apart.
 */
final class StandardInput implements AutoCloseable {
  private static final Path NAME = Path.of("-");
  private static final long MOST_BYTES = 1L << 30;
  private static final String WORDS = "Standard input";

  private @Nullable Path file;

  /** Whether a path stands for standard input. */
  static boolean isIt(Path path) {
    return path.equals(NAME);
  }

  /**
   * Refuses paths that name standard input twice.
   *
   * @throws InvalidConfig if so
   */
  static void requireOnce(List<Path> paths) {
    if (paths.stream().filter(StandardInput::isIt).count() > 1) {
      throw new InvalidConfig("Standard input holds one image: give - once.");
    }
  }

  /**
   * Reads to the end of standard input.
   *
   * @return the file that holds it
   * @throws WorkFailed if it is empty, or cannot be read or kept
   */
  Path read() {
    try (InputStream in = open()) {
      Path kept = Files.createTempFile("discern-", ".image");
      file = kept;
      long bytes = copy(in, kept);
      if (bytes == 0) {
        throw new WorkFailed(WORDS + " is empty: pipe an image into it.");
      }
      if (bytes > MOST_BYTES) {
        throw new WorkFailed(WORDS + " holds more than 1 GB, which is no image.");
      }
      return kept;
    } catch (IOException e) {
      throw new WorkFailed(
          WORDS + " could not be read and kept (" + AtomicFiles.reason(e) + ").", e);
    }
  }

  private static long copy(InputStream from, Path to) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long total = 0;
    try (OutputStream out = Files.newOutputStream(to)) {
      for (int read = from.read(buffer); read > 0; read = from.read(buffer)) {
        out.write(buffer, 0, read);
        total += read;
        if (total > MOST_BYTES) {
          break;
        }
      }
    }
    return total;
  }

  // The launcher needs descriptor 0 for something else, and says where standard input is.
  private static InputStream open() throws IOException {
    String moved = System.getProperty("discern.input", "");
    return moved.isEmpty() ? System.in : Files.newInputStream(Path.of(moved));
  }

  /** The path as the user gave it. */
  Path given(Path path) {
    return path.equals(file) ? NAME : path;
  }

  /** A sentence without the name of the temporary file. */
  String inWords(String sentence) {
    return file == null ? sentence : sentence.replace(file.toString(), WORDS);
  }

  /** Deletes what was kept. */
  @Override
  public void close() {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        file.toFile().deleteOnExit();
      }
    }
  }
}
