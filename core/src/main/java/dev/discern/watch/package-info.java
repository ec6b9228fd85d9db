/** A page on this machine that follows a run, from the files of its directory alone. */
@NullMarked
package dev.discern.watch;

import org.jspecify.annotations.NullMarked;
