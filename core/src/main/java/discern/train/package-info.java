/** The training loop, evaluation and checkpoints. */
@NullMarked
package discern.train;

import org.jspecify.annotations.NullMarked;
