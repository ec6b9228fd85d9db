/** The training loop, evaluation and checkpoints. */
@NullMarked
package dev.discern.train;

import org.jspecify.annotations.NullMarked;
