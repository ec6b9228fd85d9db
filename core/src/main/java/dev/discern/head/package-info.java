/**
 * Heads: the mapping from features to logits, and the training losses of methods that use more than
 * logits.
 */
@NullMarked
package dev.discern.head;

import org.jspecify.annotations.NullMarked;
