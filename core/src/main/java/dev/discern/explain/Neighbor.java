package dev.discern.explain;

/**
 * A training image that a network finds similar to another image.
 *
 * @param image its position among the training images
 * @param similarity the cosine of the angle between the features of both, at most 1
 */
public record Neighbor(int image, double similarity) {}
