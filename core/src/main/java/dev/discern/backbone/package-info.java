/** Networks in the engine: what an architecture describes, with tensors. */
@Internal
@NullMarked
package dev.discern.backbone;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
