package dev.discern.embedding;

/**
 * Rows projected onto their two principal axes.
 *
 * @param points {@code [n][2]}, in the unit of the rows, relative to their mean
 * @param explained {@code [2]}: the share of the variance of the rows along each axis, in [0, 1],
 *     the larger share first; 0 for a missing axis
 */
public record Projection(double[][] points, double[] explained) {}
