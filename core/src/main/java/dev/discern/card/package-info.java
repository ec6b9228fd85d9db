/** The self-description of weights files: the model card, and where to find such files. */
@NullMarked
package dev.discern.card;

import org.jspecify.annotations.NullMarked;
