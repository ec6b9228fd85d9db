package dev.discern.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** Builds a graph, node by node. */
final class Nodes {
  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, String> constants = new HashMap<>();
  private final boolean half;

  /**
   * Starts a graph.
   *
   * @param half whether weights are stored as float16; computation is in float32 all the same
   */
  Nodes(boolean half) {
    this.half = half;
  }

  /** An attribute of a node. */
  record Attribute(AttributeProto proto) {
    static Attribute of(String name, long value) {
      return new Attribute(named(name, AttributeType.INT).setI(value).build());
    }

    static Attribute of(String name, double value) {
      return new Attribute(named(name, AttributeType.FLOAT).setF((float) value).build());
    }

    static Attribute of(String name, String value) {
      return new Attribute(
          named(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)).build());
    }

    static Attribute ofAll(String name, long... values) {
      AttributeProto.Builder proto = named(name, AttributeType.INTS);
      Arrays.stream(values).forEach(proto::addInts);
      return new Attribute(proto.build());
    }

    private static AttributeProto.Builder named(String name, AttributeType type) {
      return AttributeProto.newBuilder().setName(name).setType(type);
    }
  }

  /** Adds a node with one output, and returns the output's name. */
  String add(String type, List<String> inputs, Attribute... attributes) {
    return add(type, 1, inputs, attributes).get(0);
  }

  /** Adds a node without attributes. */
  String add(String type, String... inputs) {
    return add(type, List.of(inputs));
  }

  /** Adds a node with several outputs. */
  List<String> add(String type, int outputs, List<String> inputs, Attribute... attributes) {
    String name = free(type.toLowerCase(Locale.ROOT));
    List<String> names =
        outputs == 1
            ? List.of(name)
            : IntStream.range(0, outputs).mapToObj(k -> name + "." + k).toList();
    add(type, name, inputs, names, attributes);
    return names;
  }

  /** Adds a node whose output has a given name. */
  void addAs(String output, String type, List<String> inputs, Attribute... attributes) {
    add(type, free(output), inputs, List.of(output), attributes);
  }

  private void add(
      String type, String name, List<String> inputs, List<String> outputs, Attribute... given) {
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setOpType(type)
            .setName(name)
            .addAllInput(inputs)
            .addAllOutput(outputs);
    Arrays.stream(given).map(Attribute::proto).forEach(node::addAttribute);
    graph.addNode(node);
  }

  /** Weights under their own name, in their own shape or another of as many values. */
  String weights(String name, Tensor tensor, long... shape) {
    String stored = free(name);
    long[] sides = shape.length == 0 ? tensor.sizes().vec().get() : shape;
    // Vectors, such as biases, are few numbers: they keep their precision.
    boolean vector = Arrays.stream(sides).filter(side -> side > 1).count() < 2;
    boolean narrow = half && !vector && Numbers.fitsHalf(tensor);
    graph.addInitializer(Numbers.of(stored, tensor, narrow, sides));
    return narrow
        ? add("Cast", List.of(stored), Attribute.of("to", TensorProto.DataType.FLOAT_VALUE))
        : stored;
  }

  /** A list of whole numbers. */
  String longs(long... values) {
    return constants.computeIfAbsent(
        "longs" + Arrays.toString(values),
        key -> {
          String name = free("longs");
          graph.addInitializer(Numbers.longs(name, false, values));
          return name;
        });
  }

  /** A whole number without dimensions. */
  String index(long value) {
    return constants.computeIfAbsent(
        "index" + value,
        key -> {
          String name = free("index");
          graph.addInitializer(Numbers.longs(name, true, value));
          return name;
        });
  }

  /** A number without dimensions. */
  String scalar(double value) {
    return constants.computeIfAbsent(
        "scalar" + value,
        key -> {
          String name = free("scalar");
          graph.addInitializer(Numbers.scalar(name, (float) value));
          return name;
        });
  }

  private String free(String name) {
    int count = counts.merge(name, 1, Integer::sum);
    return count == 1 ? name : name + "_" + count;
  }

  /** The graph, for its inputs and outputs to be added. */
  GraphProto.Builder graph() {
    return graph;
  }
}
