/** Mixing the images of a batch with each other, on the device, with targets to match. */
@Internal
@NullMarked
package dev.discern.mix;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
