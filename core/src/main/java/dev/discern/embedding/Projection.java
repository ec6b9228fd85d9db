package dev.discern.embedding;

/**
 * Points on their two principal axes.
 *
 * @param points {@code [n][2]}, in the unit of the rows, about their mean
 * @param explained {@code [2]}: the share of the rows' variance along each axis, in [0, 1], the
 *     larger first; 0 where there is none
 */
public record Projection(double[][] points, double[] explained) {}
