package dev.discern.check;

/**
 * A class as a check sees it.
 *
 * @param name its name
 * @param images its readable images in all parts
 * @param recall the share of them that a classifier, trained on others, recognizes; NaN if unknown
 * @param suspects the number of its labels that look wrong
 */
public record ClassRow(String name, int images, double recall, int suspects) {}
