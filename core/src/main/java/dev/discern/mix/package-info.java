/** Mixing the images of a batch with each other, on the device, with targets to match. */
@NullMarked
package dev.discern.mix;

import org.jspecify.annotations.NullMarked;
