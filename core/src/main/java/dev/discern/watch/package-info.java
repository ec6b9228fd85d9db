/** A local web page that follows a run, using only the files in the run directory. */
@NullMarked
package dev.discern.watch;

import org.jspecify.annotations.NullMarked;
