/** Features of whole image sets, computed once by a network and kept on disk. */
@NullMarked
@Internal
package dev.discern.feature;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
