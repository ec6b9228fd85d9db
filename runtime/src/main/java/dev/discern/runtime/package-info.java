/**
 * What an application embeds: {@link dev.discern.runtime.Classifier} opens an exported network and
 * classifies images with ONNX Runtime. {@code docs/runtime.md} shows it in use.
 */
@NullMarked
package dev.discern.runtime;

import org.jspecify.annotations.NullMarked;
