/**
 * Mergeable accumulators over predictions on the host: accuracy, confusion, calibration, rivalry.
 */
@NullMarked
package discern.metric;

import org.jspecify.annotations.NullMarked;
