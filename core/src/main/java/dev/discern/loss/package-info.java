/**
 * Losses as immutable values on logits, one file each, and the catalogue that names them. The heart
 * of Discern.
 */
@NullMarked
package dev.discern.loss;

import org.jspecify.annotations.NullMarked;
