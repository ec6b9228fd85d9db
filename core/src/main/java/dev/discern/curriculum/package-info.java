/** Curricula: which classes to train on, and when. Plain numbers; no engine. */
@NullMarked
package dev.discern.curriculum;

import org.jspecify.annotations.NullMarked;
