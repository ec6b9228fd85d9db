/** Backbones, which map images to features, and the catalog that lists them. */
@Internal
@NullMarked
package dev.discern.model;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
