/**
 * Two-dimensional maps of features for display: principal components and t-SNE, on plain arrays.
 */
@Internal
@NullMarked
package dev.discern.embedding;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
