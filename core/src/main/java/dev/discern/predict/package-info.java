/** Classifying images with trained weights; the model card is all it needs from training. */
@NullMarked
package dev.discern.predict;

import org.jspecify.annotations.NullMarked;
