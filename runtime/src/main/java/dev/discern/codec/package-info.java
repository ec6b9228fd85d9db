/**
 * Image file formats: headers, limits, orientation, and decoders in Java for the formats that are
 * simple. Internal: it may change in any version.
 */
@NullMarked
package dev.discern.codec;

import org.jspecify.annotations.NullMarked;
