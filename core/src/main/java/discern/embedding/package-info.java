/** Two-dimensional maps of features for the eye: principal components and t-SNE. Plain arrays. */
@NullMarked
package discern.embedding;

import org.jspecify.annotations.NullMarked;
