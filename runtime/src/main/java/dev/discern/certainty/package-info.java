/**
 * How sure a classifier may be: its temperature, fitted after training, and prediction sets with a
 * coverage that holds for finite samples. Plain numbers, no engine.
 */
@NullMarked
package dev.discern.certainty;

import org.jspecify.annotations.NullMarked;
