/** A local web page that follows a run, using only the files in the run directory. */
@Internal
@NullMarked
package dev.discern.watch;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
