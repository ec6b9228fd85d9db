package dev.discern.data;

import dev.discern.image.ImageShape;
import java.util.Map;

/**
 * A data set of the catalogue.
 *
 * @param name what the command line calls it
 * @param summary one line
 * @param licence under which terms it may be used
 * @param images all images, test split included
 * @param classes the number of classes
 * @param shape the images' shape
 * @param origin where the images come from: who made them, and where they are looked for
 * @param settings what differs from the defaults of {@link dev.discern.config.Settings} when it is
 *     trained on, by key
 */
public record DatasetSpec(
    String name,
    String summary,
    String licence,
    int images,
    int classes,
    ImageShape shape,
    String origin,
    Map<String, Object> settings) {
  /** Keeps an unmodifiable copy. */
  public DatasetSpec {
    settings = Map.copyOf(settings);
  }
}
