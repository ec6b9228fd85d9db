/** Backbones, which map images to features, and the catalog that lists them. */
@NullMarked
package dev.discern.model;

import org.jspecify.annotations.NullMarked;
