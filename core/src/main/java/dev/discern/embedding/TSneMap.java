package dev.discern.embedding;

/**
 * A t-SNE map. Its axes, unit, and the distances between far groups mean nothing; that rows are
 * neighbours does.
 *
 * @param points {@code [n][2]}, about their mean
 * @param perplexity the one used, which may be less than asked for
 * @param divergence the Kullback-Leibler divergence of the map from the rows, in nats; of two maps
 *     of the same rows with the same perplexity, the lower is the better
 */
public record TSneMap(double[][] points, double perplexity, double divergence) {}
