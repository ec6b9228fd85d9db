/** Backbones (images to features) and the catalogue that names them. */
@Internal
@NullMarked
package dev.discern.model;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
