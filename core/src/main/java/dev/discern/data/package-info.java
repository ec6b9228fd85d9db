/**
 * Data sets by format, splits, decoding, augmentation, and the loader that converts them to batches
 * of host arrays.
 */
@NullMarked
package dev.discern.data;

import org.jspecify.annotations.NullMarked;
