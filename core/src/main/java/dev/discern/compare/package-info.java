/**
 * Comparison of losses: the same budget and seeds for each, a control for the hidden learning rate,
 * and a verdict.
 */
@NullMarked
package dev.discern.compare;

import org.jspecify.annotations.NullMarked;
