/** Optimizers with explicit state, and learning-rate schedules as pure functions of the step. */
@NullMarked
package dev.discern.optim;

import org.jspecify.annotations.NullMarked;
