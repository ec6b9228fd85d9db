/** One training run as a directory: its configuration, environment and results. */
@NullMarked
package dev.discern.run;

import org.jspecify.annotations.NullMarked;
