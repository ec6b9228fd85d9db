/** Measurements as ratios within one run. */
@NullMarked
package discern.bench;

import org.jspecify.annotations.NullMarked;
