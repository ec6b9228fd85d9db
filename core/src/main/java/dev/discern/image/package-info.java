/** Encoded images to pixels: formats, orientation, scaling. */
@NullMarked
package dev.discern.image;

import org.jspecify.annotations.NullMarked;
