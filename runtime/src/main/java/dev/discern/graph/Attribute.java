package dev.discern.graph;

import java.util.ArrayList;
import java.util.List;

/** Checks an attribute of an operator. */
final class Attribute {
  private static final int NAME = 1;
  private static final int NUMBER = 3;
  private static final int TENSOR = 5;
  private static final int GRAPH = 6;
  private static final int NUMBERS = 8;
  private static final int TENSORS = 10;
  private static final int GRAPHS = 11;
  private static final int REFERENCE = 21;
  private static final int SPARSE = 22;
  private static final int SPARSES = 23;

  private Attribute() {}

  /** The largest number of a tensor in it; 0 without one. */
  static double check(Message attribute) throws BadOnnx {
    String name = "";
    List<Long> numbers = new ArrayList<>();
    double largest = 0;
    for (int field = attribute.next(); field != 0; field = attribute.next()) {
      switch (field) {
        case NAME -> name = attribute.text();
        case NUMBER, NUMBERS -> numbers.addAll(attribute.numbers());
        case TENSOR, TENSORS ->
            largest = Math.max(largest, Tensor.read(attribute.message()).largest());
        case GRAPH, GRAPHS, REFERENCE, SPARSE, SPARSES ->
            throw BadOnnx.unusual("an operator holds another graph");
        default -> {}
      }
    }
    for (long number : numbers) {
      checkRange(name, number);
    }
    return largest;
  }

  private static void checkRange(String name, long number) throws BadOnnx {
    boolean holds =
        switch (name) {
          // The native library divides by these.
          case "strides", "dilations", "kernel_shape" -> number >= 1 && number <= 256;
          case "group", "num_groups" -> number >= 1 && number <= Tensor.MOST;
          case "pads", "output_padding" -> number >= 0 && number <= Sizes.MOST_PADDING;
          case "perm" -> number >= 0 && number < 8;
          case "axis", "axes" -> number >= -8 && number < 8;
          default -> Tensor.isModerate(number);
        };
    if (!holds) {
      throw BadOnnx.unusual(
          "an operator's " + Graph.shown(name) + " is " + number + ", which is out of range");
    }
  }
}
