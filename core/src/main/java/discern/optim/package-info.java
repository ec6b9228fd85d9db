/** Optimizers with explicit state, and learning-rate schedules as pure functions of the step. */
@NullMarked
package discern.optim;

import org.jspecify.annotations.NullMarked;
