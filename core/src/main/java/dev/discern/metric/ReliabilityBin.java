package dev.discern.metric;

import org.jspecify.annotations.Nullable;

/**
 * One bin of a reliability diagram: the images whose confidence is in ({@code lower}, {@code
 * upper}].
 *
 * @param lower the lower edge of the bin; the first bin also contains 0
 * @param upper the upper edge of the bin
 * @param images the number of images in the bin
 * @param confidence the mean probability of the predicted class of these images; null if there are
 *     none
 * @param accuracy the share of these images that are predicted correctly; null if there are none
 */
public record ReliabilityBin(
    double lower,
    double upper,
    long images,
    @Nullable Double confidence,
    @Nullable Double accuracy) {}
