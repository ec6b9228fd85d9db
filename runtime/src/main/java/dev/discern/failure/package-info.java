/** The root of all failures. */
@NullMarked
package dev.discern.failure;

import org.jspecify.annotations.NullMarked;
