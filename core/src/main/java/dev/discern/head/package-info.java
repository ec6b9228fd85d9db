/** Heads: features to logits, and the training loss of methods that own more than logits. */
@NullMarked
package dev.discern.head;

import org.jspecify.annotations.NullMarked;
