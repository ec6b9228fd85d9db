/**
 * Classifying images with trained weights; a model card is all it needs to know of the training.
 */
@NullMarked
package dev.discern.predict;

import org.jspecify.annotations.NullMarked;
