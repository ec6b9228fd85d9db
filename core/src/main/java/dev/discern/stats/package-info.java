/**
 * Statistics over paired runs: intervals, tests, effect sizes, detectable differences. Plain
 * numbers in, plain numbers out.
 */
@NullMarked
package dev.discern.stats;

import org.jspecify.annotations.NullMarked;
