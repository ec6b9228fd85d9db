/** Which places of an image, and which training images, speak for a class. */
@Internal
@NullMarked
package dev.discern.explain;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
