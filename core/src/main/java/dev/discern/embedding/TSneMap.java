package dev.discern.embedding;

/**
 * A t-SNE map. Only neighborhoods are meaningful; the axes, the unit, and the distances between
 * separate groups are not.
 *
 * @param points {@code [n][2]}, relative to their mean
 * @param perplexity the perplexity used, which may be below the requested one
 * @param divergence the Kullback-Leibler divergence of the map from the rows, in nats; of two maps
 *     of the same rows with the same perplexity, the one with the lower divergence is better
 */
public record TSneMap(double[][] points, double perplexity, double divergence) {}
