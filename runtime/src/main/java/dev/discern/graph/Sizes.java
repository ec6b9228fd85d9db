package dev.discern.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Bounds what the constants of a graph can make of an image: a size of 60,000 pixels would take the
 * memory of the whole machine.
 */
final class Sizes {
  /** Rows or columns that may be added at an edge. */
  static final int MOST_PADDING = 64;

  private static final int MOST_SIDE = 2048;
  private static final Set<String> ARITHMETIC =
      Set.of(
          "Add",
          "And",
          "Cast",
          "Ceil",
          "Clip",
          "Concat",
          "Constant",
          "Div",
          "Equal",
          "Floor",
          "Gather",
          "Greater",
          "GreaterOrEqual",
          "Identity",
          "Less",
          "LessOrEqual",
          "Max",
          "Min",
          "Mul",
          "Not",
          "Or",
          "ReduceMax",
          "ReduceMin",
          "Reshape",
          "Round",
          "Shape",
          "Slice",
          "Split",
          "Squeeze",
          "Sub",
          "Transpose",
          "Unsqueeze",
          "Where");

  private final Map<String, Node> makers = new HashMap<>();
  private final Map<String, Tensor> weights;

  private Sizes(List<Node> nodes, Map<String, Tensor> weights) {
    this.weights = weights;
    nodes.forEach(node -> node.outputs().forEach(output -> makers.put(output, node)));
  }

  /** Refuses graphs whose sizes follow from constants that are too large. */
  static void check(List<Node> nodes, Map<String, Tensor> weights) throws BadOnnx {
    Sizes sizes = new Sizes(nodes, weights);
    for (Node node : nodes) {
      switch (node.operator()) {
        case "Resize" -> sizes.checkInputs(node, 2, MOST_SIDE);
        case "Expand" -> sizes.checkInputs(node, 1, MOST_SIDE);
        case "Pad" -> sizes.checkInputs(node, 1, MOST_PADDING);
        default -> {}
      }
    }
  }

  private void checkInputs(Node node, int first, int most) throws BadOnnx {
    Deque<String> open = new ArrayDeque<>();
    Set<String> seen = new HashSet<>();
    // What a Pad pads with is no size.
    int end =
        node.operator().equals("Pad") ? Math.min(2, node.inputs().size()) : node.inputs().size();
    for (int k = first; k < end; k++) {
      open.add(node.inputs().get(k));
    }
    while (!open.isEmpty()) {
      String name = open.remove();
      if (name.isEmpty() || !seen.add(name)) {
        continue;
      }
      Tensor constant = weights.get(name);
      Node maker = makers.get(name);
      if (constant != null) {
        require(constant.largest(), most);
      } else if (maker != null && !maker.operator().equals("Shape")) {
        requireArithmetic(maker);
        require(maker.constant(), most);
        open.addAll(maker.inputs());
      }
    }
  }

  private static void requireArithmetic(Node maker) throws BadOnnx {
    if (!ARITHMETIC.contains(maker.operator())) {
      throw BadOnnx.unusual("a size follows from the operator " + Graph.shown(maker.operator()));
    }
  }

  private static void require(double largest, int most) throws BadOnnx {
    boolean toTheEnd = largest == Long.MAX_VALUE || largest == Integer.MAX_VALUE;
    if (!(largest <= most) && !toTheEnd) {
      throw BadOnnx.unusual("a size follows from the constant " + largest);
    }
  }
}
