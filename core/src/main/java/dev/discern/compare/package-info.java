/**
 * Comparison of losses: equal budget and seeds for each, a control for the implicit learning rate,
 * and a verdict.
 */
@NullMarked
package dev.discern.compare;

import org.jspecify.annotations.NullMarked;
