/** The commands: parse, configure, call core, print. */
@NullMarked
package dev.discern.cli;

import org.jspecify.annotations.NullMarked;
