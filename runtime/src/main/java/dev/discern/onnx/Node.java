package dev.discern.onnx;

import java.util.Set;

/** Checks an operator and its attributes. */
final class Node {
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

  private Node() {}

  static void check(Message node) throws BadOnnx {
    String operator = "";
    for (int field = node.next(); field != 0; field = node.next()) {
      switch (field) {
        case OPERATOR -> operator = node.text();
        case ATTRIBUTE -> Attribute.check(node.message());
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
  }
}
