/**
 * Data sets by format, splits, decoding, augmentation, and the loader that turns them into batches
 * of host arrays.
 */
@NullMarked
package dev.discern.data;

import org.jspecify.annotations.NullMarked;
