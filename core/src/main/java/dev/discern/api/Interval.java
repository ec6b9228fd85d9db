package dev.discern.api;

/**
 * A 95 % interval, in the unit of its figure.
 *
 * @param low the lower bound
 * @param high the upper bound
 */
public record Interval(double low, double high) {}
