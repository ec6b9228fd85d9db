package dev.discern.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph whose nodes and tensors were checked.
 *
 * @param inputs its inputs that are not weights
 * @param outputs its outputs
 */
record Graph(List<OnnxFile.Value> inputs, List<OnnxFile.Value> outputs) {
  private static final int NODE = 1;
  private static final int INITIALIZER = 5;
  private static final int INPUT = 11;
  private static final int OUTPUT = 12;
  private static final int VALUE_INFO = 13;
  private static final int SPARSE = 15;
  private static final int MOST_NODES = 100_000;

  static Graph read(Message graph) throws BadOnnx {
    List<OnnxFile.Value> inputs = new ArrayList<>();
    List<OnnxFile.Value> outputs = new ArrayList<>();
    Map<String, Tensor> weights = new HashMap<>();
    List<Node> nodes = new ArrayList<>();
    for (int field = graph.next(); field != 0; field = graph.next()) {
      switch (field) {
        case NODE -> nodes.add(Node.read(graph.message()));
        case INITIALIZER -> {
          Tensor tensor = Tensor.read(graph.message());
          if (weights.put(tensor.name(), tensor) != null) {
            throw BadOnnx.damaged();
          }
        }
        case INPUT -> inputs.add(OnnxFile.value(graph.message()));
        case OUTPUT -> outputs.add(OnnxFile.value(graph.message()));
        case VALUE_INFO -> OnnxFile.value(graph.message());
        case SPARSE -> throw BadOnnx.unusual("it has sparse tensors");
        default -> {}
      }
    }
    if (nodes.isEmpty() || nodes.size() > MOST_NODES) {
      throw BadOnnx.unusual("it has " + nodes.size() + " operators");
    }
    Sizes.check(nodes, weights);
    inputs.removeIf(input -> weights.containsKey(input.name()));
    return new Graph(inputs, outputs);
  }

  /** Text of a file in a message: short, and without control characters. */
  static String shown(String text) {
    String clean = text.replaceAll("[^ -~]", "?");
    return "'" + (clean.length() > 40 ? clean.substring(0, 40) + "..." : clean) + "'";
  }
}
