/** Backbones (images to features) and the catalogue that names them. */
@NullMarked
package dev.discern.model;

import org.jspecify.annotations.NullMarked;
