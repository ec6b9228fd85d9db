/** Optimizers with explicit state, and learning-rate schedules as pure functions of the step. */
@Internal
@NullMarked
package dev.discern.optim;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
