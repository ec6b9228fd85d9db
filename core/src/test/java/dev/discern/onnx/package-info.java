/** Tests of what other tools read. */
package dev.discern.onnx;
