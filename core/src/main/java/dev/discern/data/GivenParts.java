package dev.discern.data;

import dev.discern.config.Internal;
import dev.discern.config.InvalidConfig;
import dev.discern.config.Task;
import dev.discern.config.WorkFailed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * All images of a source in the parts that it gives, before any part is drawn.
 *
 * @param parts at least one; they share task and classes
 * @param odd files beside the images that are not read, and why, by their path below the source
 * @param notes sentences for the user, such as what was left out
 */
@Internal
public record GivenParts(List<Given> parts, SortedMap<String, String> odd, List<String> notes) {
  /** Keeps unmodifiable copies of the lists. */
  public GivenParts {
    parts = List.copyOf(parts);
    notes = List.copyOf(notes);
  }

  /**
   * A part.
   *
   * @param name {@code train}, {@code validation} or {@code test}; {@code all} if there is no other
   *     part
   * @param images its images
   */
  public record Given(String name, ImageSet images) {}

  /**
   * Opens a source.
   *
   * @param source a name or a path, as for training
   * @param listener receives the progress of downloads
   * @return its parts
   * @throws InvalidConfig if the source is unknown
   * @throws WorkFailed if it is damaged
   */
  public static GivenParts of(String source, LoadListener listener) {
    return Datasets.given(source, listener);
  }

  /**
   * How many labels an image has, in all parts.
   *
   * @return one, or any number
   */
  public Task task() {
    return parts.get(0).images().task();
  }

  /** The parts of files. */
  static GivenParts of(FileParts files) {
    List<Given> parts = new ArrayList<>();
    boolean alone = files.validation().isEmpty() && files.test().isEmpty();
    parts.add(new Given(alone ? "all" : "train", new FileImages(files.train())));
    files.validation().ifPresent(p -> parts.add(new Given("validation", new FileImages(p))));
    files.test().ifPresent(p -> parts.add(new Given("test", new FileImages(p))));
    return new GivenParts(parts, files.odd(), files.notes());
  }

  /** The parts of a data set of the catalogue. */
  static GivenParts of(Split split) {
    return new GivenParts(
        List.of(
            new Given("train", split.train()),
            new Given("validation", split.validation()),
            new Given("test", split.test())),
        Collections.emptySortedMap(),
        split.notes());
  }
}
