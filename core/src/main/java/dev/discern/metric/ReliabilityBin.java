package dev.discern.metric;

import org.jspecify.annotations.Nullable;

/**
 * One bin of a reliability diagram: the images whose confidence lies in ({@code lower}, {@code
 * upper}].
 *
 * @param lower the bin's lower edge; the first bin holds 0 as well
 * @param upper the bin's upper edge
 * @param images in the bin
 * @param confidence their mean probability of the predicted class; null where there is none
 * @param accuracy the share of them predicted rightly; null where there is none
 */
public record ReliabilityBin(
    double lower,
    double upper,
    long images,
    @Nullable Double confidence,
    @Nullable Double accuracy) {}
