/** A page on this machine that follows a run, from the files of its directory alone. */
@Internal
@NullMarked
package dev.discern.watch;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
