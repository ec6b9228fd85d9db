/**
 * Mergeable accumulators of predictions, on the host: accuracy, confusion, calibration, rivalry.
 */
@NullMarked
package dev.discern.metric;

import org.jspecify.annotations.NullMarked;
