/** Classifying images with a finished run. */
@NullMarked
package discern.predict;

import org.jspecify.annotations.NullMarked;
