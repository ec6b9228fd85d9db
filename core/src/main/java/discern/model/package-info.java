/** Backbones (images to features) and the catalogue that names them. */
@NullMarked
package discern.model;

import org.jspecify.annotations.NullMarked;
