package dev.discern.image;

import dev.discern.codec.Format;
import dev.discern.codec.OtherKind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Recognizes image files by their names, for listings of folders. The content determines the actual
 * format.
 */
public final class ImageNames {
  private static final Set<String> IMAGES =
      Stream.of(Format.values())
          .flatMap(format -> format.extensions().stream())
          .collect(Collectors.toUnmodifiableSet());
  private static final Map<String, String> OTHERS =
      Stream.of(OtherKind.values())
          .flatMap(kind -> kind.extensions().stream().map(e -> Map.entry(e, kind.spelling())))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private ImageNames() {}

  /**
   * Whether a file of this name is expected to be a supported image.
   *
   * @param name a file's name, in any case
   * @return false for macOS's companion files ({@code ._name.jpg}) too
   */
  public static boolean isImage(String name) {
    return !name.startsWith("._") && IMAGES.contains(extension(name));
  }

  /**
   * Names the kind of an unsupported image or video, so that listings can report what they leave
   * out.
   *
   * @param name a file's name, in any case
   * @return words like {@code HEIC} or {@code a camera's raw file (Canon)}
   */
  public static Optional<String> unreadKind(String name) {
    return name.startsWith("._")
        ? Optional.empty()
        : Optional.ofNullable(OTHERS.get(extension(name)));
  }

  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
