/**
 * Statistics over paired runs: intervals, tests, effect sizes, detectable differences. Plain
 * numbers in, plain numbers out.
 */
@Internal
@NullMarked
package dev.discern.stats;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
