/** Two-dimensional maps of features for the eye: principal components and t-SNE. Plain arrays. */
@NullMarked
package dev.discern.embedding;

import org.jspecify.annotations.NullMarked;
