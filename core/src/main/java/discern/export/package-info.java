/** A run in the formats of other tools. */
@NullMarked
package discern.export;

import org.jspecify.annotations.NullMarked;
