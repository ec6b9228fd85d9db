package dev.discern.data;

import dev.discern.config.WorkFailed;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Images that a configuration leaves out, by their names in the data set. */
final class LeftOut {
  private final List<String> names;
  private final Set<String> lookup;

  private LeftOut(List<String> names) {
    this.names = List.copyOf(names);
    lookup = new HashSet<>(names);
  }

  /** Images by {@link ImageSet#describe}; a name that the data set does not have is ignored. */
  static LeftOut of(List<String> names) {
    return new LeftOut(names);
  }

  /**
   * The other images of the training part.
   *
   * @param images all images of the part
   * @return the set itself if none is left out
   * @throws WorkFailed if a class loses all of its images
   */
  ImageSet outOfTraining(ImageSet images) {
    ImageSet kept = outOf(images, "training");
    int[] before = images.classCounts();
    int[] after = kept.classCounts();
    for (int k = 0; k < after.length; k++) {
      if (before[k] > 0 && after[k] == 0) {
        throw new WorkFailed(
            (before[k] == 1 ? "The only image" : "All " + before[k] + " training images")
                + " of class '"
                + images.classNames().get(k)
                + "' cannot be read, such as "
                + example(images, k)
                + ": replace them by intact copies, or take the class out of the data set.");
      }
    }
    return kept;
  }

  private static String example(ImageSet images, int k) {
    return IntStream.range(0, images.size())
        .filter(i -> Labels.contains(images.labels(i), k))
        .mapToObj(images::describe)
        .findFirst()
        .orElseThrow();
  }

  /**
   * The other images of a part.
   *
   * @param images all images of the part
   * @param part its name in messages
   * @return the set itself if none is left out
   * @throws WorkFailed if none remains
   */
  ImageSet outOf(ImageSet images, String part) {
    if (lookup.isEmpty()) {
      return images;
    }
    int[] kept =
        IntStream.range(0, images.size())
            .filter(i -> !lookup.contains(images.describe(i)))
            .toArray();
    if (kept.length == 0) {
      throw new WorkFailed(
          "None of the "
              + images.size()
              + " "
              + part
              + " images can be read, such as "
              + images.describe(0)
              + ": replace them by intact copies.");
    }
    return kept.length == images.size() ? images : Subset.of(images, kept);
  }

  /** A sentence for the user, if anything is left out. */
  Optional<String> note() {
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            (names.size() == 1
                    ? "1 image that cannot be read is left out"
                    : names.size() + " images that cannot be read are left out")
                + ", such as "
                + names.get(0)
                + "; the run's config.yaml names "
                + (names.size() == 1 ? "it." : "all of them."));
  }
}
