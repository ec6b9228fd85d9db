/** One training run as a directory: what was asked, on what, and what came of it. */
@NullMarked
package dev.discern.run;

import org.jspecify.annotations.NullMarked;
