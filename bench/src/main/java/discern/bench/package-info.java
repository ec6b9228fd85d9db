/** Measurements as ratios within one run; see docs/benchmarks.md. */
@NullMarked
package discern.bench;

import org.jspecify.annotations.NullMarked;
