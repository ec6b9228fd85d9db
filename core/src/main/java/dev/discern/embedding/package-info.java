/** Two-dimensional maps of features for the eye: principal components and t-SNE. Plain arrays. */
@Internal
@NullMarked
package dev.discern.embedding;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
