/** Weights to start training from: finding them, and fitting them to a network. */
@Internal
@NullMarked
package dev.discern.pretrained;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
