package dev.discern.stats;

/**
 * A confidence interval, in the unit of the values it was computed from.
 *
 * @param low lower bound
 * @param high upper bound, at least {@code low}
 */
public record Interval(double low, double high) {}
