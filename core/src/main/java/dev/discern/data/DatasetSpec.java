package dev.discern.data;

import dev.discern.config.DataConfig;
import dev.discern.image.ImageShape;

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
 * @param defaults how it is split and augmented unless the user says otherwise
 */
public record DatasetSpec(
    String name,
    String summary,
    String licence,
    int images,
    int classes,
    ImageShape shape,
    String origin,
    DataConfig defaults) {}
