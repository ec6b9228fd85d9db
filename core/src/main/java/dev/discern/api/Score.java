package dev.discern.api;

import java.util.Optional;

/**
 * How good a network is on images it has not seen.
 *
 * @param name {@code top1}, the share of images whose likeliest class is right; or {@code mAP}, the
 *     mean average precision over the labels, for several labels per image
 * @param value in [0, 1], larger is better
 * @param interval the score interval of an accuracy (Wilson, 1927), which accounts for the images
 *     and not for the training; empty for {@code mAP}
 * @param images the number of images
 */
public record Score(String name, double value, Optional<Interval> interval, long images) {}
