/** Classifying images with a finished run. */
@NullMarked
package dev.discern.predict;

import org.jspecify.annotations.NullMarked;
