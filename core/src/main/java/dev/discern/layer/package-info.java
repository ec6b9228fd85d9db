/** Architectures as values: layers, and what can be read off them without running them. */
@Internal
@NullMarked
package dev.discern.layer;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
