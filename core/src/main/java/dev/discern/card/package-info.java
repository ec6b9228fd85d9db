/** What a file of weights says about itself: the model card, and where such files are. */
@NullMarked
package dev.discern.card;

import org.jspecify.annotations.NullMarked;
