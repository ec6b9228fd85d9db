/** Scaling and cropping of decoded images in Java. Internal: it may change in any version. */
@NullMarked
package dev.discern.scale;

import org.jspecify.annotations.NullMarked;
