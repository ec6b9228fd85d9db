/**
 * Data sets by format, splits, decoding, augmentation, and the loader that turns them into batches
 * of host arrays.
 */
@NullMarked
package discern.data;

import org.jspecify.annotations.NullMarked;
