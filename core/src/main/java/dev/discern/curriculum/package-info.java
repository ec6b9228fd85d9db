/** Curricula: which classes to train on, and when. Plain numbers; no engine. */
@Internal
@NullMarked
package dev.discern.curriculum;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
