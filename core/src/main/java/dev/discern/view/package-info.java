/**
 * The steps from one image to a network's input: crop, scale, augment. Pure Java over 8-bit pixels;
 * all randomness comes from the caller's generator, so that a view is a function of the image and
 * its random stream.
 */
@NullMarked
package dev.discern.view;

import org.jspecify.annotations.NullMarked;
