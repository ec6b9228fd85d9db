/** The catalog of architectures, each built from layers. */
@Internal
@NullMarked
package dev.discern.model;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
