package dev.discern.stats;

/**
 * A confidence interval, in the unit of the underlying values.
 *
 * @param low the lower bound
 * @param high the upper bound, at least {@code low}
 */
public record Interval(double low, double high) {}
