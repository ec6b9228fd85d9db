/** Benchmarks, reported as ratios within one run. */
@NullMarked
package dev.discern.bench;

import org.jspecify.annotations.NullMarked;
