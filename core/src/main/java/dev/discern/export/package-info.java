/** Exports runs in the formats of other tools. */
@NullMarked
package dev.discern.export;

import org.jspecify.annotations.NullMarked;
