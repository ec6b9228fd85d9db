package dev.discern.onnx;

import dev.discern.layer.Shape;

/**
 * What flows between layers.
 *
 * @param name of the value in the graph, which has the batch as its first dimension
 * @param shape for one image
 */
record Value(String name, Shape shape) {
  int channels() {
    return shape instanceof Shape.Grid map ? map.channels() : ((Shape.Sequence) shape).channels();
  }

  boolean isMap() {
    return shape instanceof Shape.Grid;
  }

  /** The shape of a map. */
  Shape.Grid map() {
    return (Shape.Grid) shape;
  }

  /** The number of tokens. */
  int tokens() {
    return ((Shape.Sequence) shape).count();
  }
}
