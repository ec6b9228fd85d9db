/** The commands: parse, configure, call core, print. */
@NullMarked
package discern.cli;

import org.jspecify.annotations.NullMarked;
