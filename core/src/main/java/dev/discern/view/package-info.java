/**
 * What a network sees of one image: crop, scale, augment. Pure Java over 8-bit pixels; everything
 * random is drawn from the generator that the caller passes, so that a view is a function of the
 * image and its random stream.
 */
@NullMarked
package dev.discern.view;

import org.jspecify.annotations.NullMarked;
