/**
 * The native edge: loading, scopes, seeds, devices, precision and tensor files. Helpers only, not a
 * tensor wrapper.
 */
@NullMarked
package dev.discern.torch;

import org.jspecify.annotations.NullMarked;
