/**
 * Checks ONNX files before the native library reads them. Internal: it may change in any version.
 */
@NullMarked
package dev.discern.graph;

import org.jspecify.annotations.NullMarked;
