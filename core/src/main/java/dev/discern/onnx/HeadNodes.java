package dev.discern.onnx;

import dev.discern.head.EngineOperations;
import dev.discern.head.Operations;
import dev.discern.onnx.Nodes.Attribute;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * Writes a head's operations down as nodes. What depends on parameters alone, the engine computes
 * once; the graph holds the result.
 */
final class HeadNodes implements Operations<HeadNodes.Operand> {
  private static final double SHORTEST = 1e-12; // as the engine's

  private final Nodes nodes;

  /**
   * Writes to a graph.
   *
   * @param nodes the graph
   */
  HeadNodes(Nodes nodes) {
    this.nodes = nodes;
  }

  /** What operations work on. */
  sealed interface Operand {}

  /**
   * A matrix that is known.
   *
   * @param tensor its values
   */
  record Known(Tensor tensor) implements Operand {}

  /**
   * A value of the graph.
   *
   * @param name its name
   */
  record Named(String name) implements Operand {}

  /** The name of an operand, which is stored if it is known. */
  String name(Operand operand) {
    return operand instanceof Known known
        ? nodes.weights("head", known.tensor())
        : ((Named) operand).name();
  }

  private static boolean isKnown(Operand operand) {
    return operand instanceof Known;
  }

  private static Tensor tensor(Operand operand) {
    return ((Known) operand).tensor();
  }

  @Override
  public Operand parameter(Tensor tensor) {
    return new Known(tensor);
  }

  @Override
  public Operand linear(Operand input, Tensor weight, Tensor bias) {
    return new Named(
        nodes.add(
            "Gemm",
            List.of(name(input), nodes.weights("head", weight), nodes.weights("head", bias)),
            Attribute.of("transB", 1)));
  }

  @Override
  public Operand times(Operand input, Operand rows) {
    return new Named(
        nodes.add("Gemm", List.of(name(input), name(rows)), Attribute.of("transB", 1)));
  }

  @Override
  public Operand lengths(Operand rows) {
    return isKnown(rows)
        ? new Known(EngineOperations.ENGINE.lengths(tensor(rows)))
        : new Named(nodes.add("ReduceL2", name(rows), nodes.longs(1)));
  }

  @Override
  public Operand unit(Operand rows) {
    if (isKnown(rows)) {
      return new Known(EngineOperations.ENGINE.unit(tensor(rows)));
    }
    String length = nodes.add("Max", name(lengths(rows)), nodes.scalar(SHORTEST));
    return new Named(nodes.add("Div", name(rows), length));
  }

  @Override
  public Operand multiply(Operand left, Operand right) {
    return isKnown(left) && isKnown(right)
        ? new Known(EngineOperations.ENGINE.multiply(tensor(left), tensor(right)))
        : new Named(nodes.add("Mul", name(left), name(right)));
  }

  @Override
  public Operand add(Operand left, Operand right) {
    return isKnown(left) && isKnown(right)
        ? new Known(EngineOperations.ENGINE.add(tensor(left), tensor(right)))
        : new Named(nodes.add("Add", name(left), name(right)));
  }

  @Override
  public Operand scale(Operand input, double factor) {
    return of(
        input,
        () -> EngineOperations.ENGINE.scale(tensor(input), factor),
        () -> nodes.add("Mul", name(input), nodes.scalar(factor)));
  }

  @Override
  public Operand transpose(Operand input) {
    return of(
        input,
        () -> EngineOperations.ENGINE.transpose(tensor(input)),
        () -> nodes.add("Transpose", List.of(name(input)), Attribute.ofAll("perm", 1, 0)));
  }

  @Override
  public Operand sumRows(Operand input) {
    return of(
        input,
        () -> EngineOperations.ENGINE.sumRows(tensor(input)),
        () -> nodes.add("ReduceSum", name(input), nodes.longs(1)));
  }

  @Override
  public Operand exp(Operand input) {
    return of(
        input,
        () -> EngineOperations.ENGINE.exp(tensor(input)),
        () -> nodes.add("Exp", name(input)));
  }

  @Override
  public Operand relu(Operand input) {
    return of(
        input,
        () -> EngineOperations.ENGINE.relu(tensor(input)),
        () -> nodes.add("Relu", name(input)));
  }

  @Override
  public Operand sigmoid(Operand input) {
    return of(
        input,
        () -> EngineOperations.ENGINE.sigmoid(tensor(input)),
        () -> nodes.add("Sigmoid", name(input)));
  }

  private static Operand of(Operand input, Supplier<Tensor> known, Supplier<String> node) {
    return isKnown(input) ? new Known(known.get()) : new Named(node.get());
  }
}
