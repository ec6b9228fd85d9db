/**
 * Two-dimensional maps of features for display: principal components and t-SNE, on plain arrays.
 */
@NullMarked
package dev.discern.embedding;

import org.jspecify.annotations.NullMarked;
