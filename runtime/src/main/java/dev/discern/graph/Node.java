package dev.discern.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An operator whose attributes were checked.
 *
 * @param operator its type, such as {@code Conv}
 * @param inputs names of tensors; empty for those left out
 * @param outputs names of tensors
 * @param constant the largest number of a tensor in its attributes; 0 without one
 */
record Node(String operator, List<String> inputs, List<String> outputs, double constant) {
  private static final int INPUT = 1;
  private static final int OUTPUT = 2;
  private static final int OPERATOR = 4;
  private static final int ATTRIBUTE = 5;
  private static final int DOMAIN = 7;

  /** What networks consist of. None loops, reads files, or makes much out of little. */
  private static final Set<String> OPERATORS =
      Set.of(
          "Abs",
          "Add",
          "And",
          "AveragePool",
          "BatchNormalization",
          "Cast",
          "Ceil",
          "Clip",
          "Concat",
          "Constant",
          "Conv",
          "Div",
          "Dropout",
          "Elu",
          "Equal",
          "Erf",
          "Exp",
          "Expand",
          "Flatten",
          "Floor",
          "Gather",
          "Gelu",
          "Gemm",
          "GlobalAveragePool",
          "GlobalMaxPool",
          "Greater",
          "GreaterOrEqual",
          "GroupNormalization",
          "HardSigmoid",
          "HardSwish",
          "Identity",
          "InstanceNormalization",
          "LayerNormalization",
          "LeakyRelu",
          "Less",
          "LessOrEqual",
          "Log",
          "LogSoftmax",
          "LpNormalization",
          "MatMul",
          "Max",
          "MaxPool",
          "Mean",
          "Min",
          "Mish",
          "Mul",
          "Neg",
          "Not",
          "Or",
          "PRelu",
          "Pad",
          "Pow",
          "Reciprocal",
          "ReduceL1",
          "ReduceL2",
          "ReduceLogSumExp",
          "ReduceMax",
          "ReduceMean",
          "ReduceMin",
          "ReduceSum",
          "ReduceSumSquare",
          "Relu",
          "Reshape",
          "Resize",
          "Round",
          "Selu",
          "Shape",
          "Sigmoid",
          "Sign",
          "Slice",
          "Softmax",
          "Softplus",
          "Split",
          "Sqrt",
          "Squeeze",
          "Sub",
          "Sum",
          "Tanh",
          "Transpose",
          "Unsqueeze",
          "Where");

  static Node read(Message node) throws BadOnnx {
    String operator = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    double constant = 0;
    for (int field = node.next(); field != 0; field = node.next()) {
      switch (field) {
        case INPUT -> inputs.add(node.text());
        case OUTPUT -> outputs.add(node.text());
        case OPERATOR -> operator = node.text();
        case ATTRIBUTE -> constant = Math.max(constant, Attribute.check(node.message()));
        case DOMAIN -> {
          if (!node.text().isEmpty()) {
            throw BadOnnx.unusual("it uses operators of " + Graph.shown(node.text()));
          }
        }
        default -> {}
      }
    }
    if (!OPERATORS.contains(operator)) {
      throw BadOnnx.unusual("it uses the operator " + Graph.shown(operator));
    }
    return new Node(operator, inputs, outputs, constant);
  }
}
