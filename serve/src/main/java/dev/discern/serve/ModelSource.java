package dev.discern.serve;

import dev.discern.failure.InvalidRequest;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model to serve.
 *
 * @param name its name in addresses: letters, digits, {@code .}, {@code _} and {@code -}
 * @param path an exported file, or a run
 */
public record ModelSource(String name, Path path) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");
  private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9._-]+)=(.+)", Pattern.DOTALL);

  /** Checks the name. */
  public ModelSource {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidRequest(
          "\""
              + name
              + "\" cannot be the name of a model: use up to 100 letters, digits, dots, underscores"
              + " and hyphens, as in NAME=PATH.");
    }
  }

  /**
   * Reads an argument.
   *
   * @param argument {@code PATH} or {@code NAME=PATH}; without a name, the name of the file without
   *     {@code .onnx}, or of the folder, with a hyphen for what addresses cannot hold
   * @return the source
   * @throws InvalidRequest if there is no such file or folder, or the name is not usable
   */
  public static ModelSource of(String argument) {
    Path whole = path(argument);
    Matcher named = NAMED.matcher(argument);
    // A file whose own name holds an equals sign is a file.
    if (!Files.exists(whole) && named.matches()) {
      return new ModelSource(named.group(1), existing(path(named.group(2))));
    }
    return new ModelSource(nameOf(existing(whole)), whole);
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new InvalidRequest("\"" + text + "\" is not a path: give a file or folder.", e);
    }
  }

  private static Path existing(Path path) {
    if (!Files.exists(path)) {
      throw new InvalidRequest(
          "There is no model " + path + ": give an exported file, or a run, as PATH or NAME=PATH.");
    }
    return path;
  }

  private static String nameOf(Path path) {
    String last = path.toAbsolutePath().normalize().getFileName() + "";
    String stem = last.replaceFirst("(?i)\\.onnx$", "").replaceAll("[^A-Za-z0-9._-]+", "-");
    return stem.replaceFirst("^[.-]+", "");
  }
}
