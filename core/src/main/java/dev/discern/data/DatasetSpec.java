package dev.discern.data;

import dev.discern.image.ImageShape;
import java.util.Map;

/**
 * A data set of the catalogue.
 *
 * @param name its name on the command line
 * @param summary one line
 * @param licence the terms of use
 * @param images all images, test split included
 * @param classes the number of classes
 * @param shape the images' shape
 * @param origin where the images come from: who made them, and where Discern looks for them
 * @param settings the settings, by key, that differ from the defaults of {@link
 *     dev.discern.config.Settings} for training on it
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
