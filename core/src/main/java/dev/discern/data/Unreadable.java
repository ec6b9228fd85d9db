package dev.discern.data;

import dev.discern.config.DamagedImages;
import dev.discern.config.Internal;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Finds all images of a source that cannot be read. */
@Internal
public final class Unreadable {
  // Decoders find damage at any size, and the smallest takes the least time.
  private static final int SIDE = 1;

  private Unreadable() {}

  /**
   * Decodes every image of a source.
   *
   * @param parts the images
   * @param workers threads
   * @param listener receives the progress
   * @return a sentence for each image that cannot be read, by its name in the data set
   */
  public static SortedMap<String, String> in(GivenParts parts, int workers, LoadListener listener) {
    Map<String, String> reasons = new ConcurrentHashMap<>();
    for (GivenParts.Given part : parts.parts()) {
      ImageSet images = part.images();
      if (images.needsDecoding()) {
        FirstLook.forEach(
            workers,
            images.size(),
            i -> reason(images, i).ifPresent(r -> reasons.put(images.describe(i), r)),
            listener);
      }
    }
    return new TreeMap<>(reasons);
  }

  private static Optional<String> reason(ImageSet images, int i) {
    try {
      images.image(i).decode(SIDE, 3).close();
      return Optional.empty();
    } catch (DamagedImages damaged) {
      return Optional.of(String.valueOf(damaged.getMessage()));
    }
  }
}
