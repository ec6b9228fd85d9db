/**
 * Networks as ONNX files: the layer tree and the head as nodes, with the pixels' way to the network
 * before them and the probabilities after them; and ONNX Runtime, which checks them.
 */
@Internal
@NullMarked
package dev.discern.onnx;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
