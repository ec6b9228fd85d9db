/** Exports runs in the formats of other tools. */
@Internal
@NullMarked
package dev.discern.export;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
