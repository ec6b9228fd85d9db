/** Losses on logits as immutable values, one file per loss, and the catalog that lists them. */
@NullMarked
package dev.discern.loss;

import org.jspecify.annotations.NullMarked;
