/**
 * Checks a data set before training: files that cannot be read, duplicates, labels that look wrong,
 * classes that are hard to tell apart, and unusual images.
 */
@Internal
@NullMarked
package dev.discern.check;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
