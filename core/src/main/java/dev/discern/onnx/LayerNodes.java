package dev.discern.onnx;

import dev.discern.backbone.Positions;
import dev.discern.layer.Activation;
import dev.discern.layer.Attention;
import dev.discern.layer.BatchNorm;
import dev.discern.layer.ChannelShuffle;
import dev.discern.layer.ChannelSlice;
import dev.discern.layer.ClassToken;
import dev.discern.layer.Conv;
import dev.discern.layer.Dense;
import dev.discern.layer.DropPath;
import dev.discern.layer.Dropout;
import dev.discern.layer.GlobalPool;
import dev.discern.layer.Interpreter;
import dev.discern.layer.LayerNorm;
import dev.discern.layer.Padding;
import dev.discern.layer.Pool;
import dev.discern.layer.Scale;
import dev.discern.layer.Shape;
import dev.discern.layer.Shapes;
import dev.discern.layer.Subsample;
import dev.discern.layer.Tokens;
import dev.discern.onnx.Nodes.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;

/** Writes layers down as nodes, in evaluation mode. Shapes are those that {@link Shapes} infers. */
final class LayerNodes implements Interpreter<Value> {
  private final Nodes nodes;
  private final Map<String, Tensor> tensors;
  private final Shapes shapes = new Shapes((layer, output) -> {});

  /**
   * Writes to a graph.
   *
   * @param nodes the graph
   * @param tensors the layers' tensors by name
   */
  LayerNodes(Nodes nodes, Map<String, Tensor> tensors) {
    this.nodes = nodes;
    this.tensors = tensors;
  }

  private Tensor tensor(String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  private String weights(String name, long... shape) {
    return nodes.weights(name, tensor(name), shape);
  }

  @Override
  public Value conv(Conv layer, Value input) {
    Padding.Sides rows = layer.padding().of(input.map().height(), layer.kernel(), layer.stride());
    Padding.Sides columns = layer.padding().of(input.map().width(), layer.kernel(), layer.stride());
    List<String> inputs = new ArrayList<>(List.of(input.name(), weights(layer.name() + ".weight")));
    if (layer.bias()) {
      inputs.add(weights(layer.name() + ".bias"));
    }
    String output =
        nodes.add(
            "Conv",
            inputs,
            Attribute.ofAll("kernel_shape", layer.kernel(), layer.kernel()),
            Attribute.ofAll("strides", layer.stride(), layer.stride()),
            Attribute.ofAll("pads", rows.before(), columns.before(), rows.after(), columns.after()),
            Attribute.of("group", layer.groups()));
    return new Value(output, shapes.conv(layer, input.shape()));
  }

  @Override
  public Value batchNorm(BatchNorm layer, Value input) {
    String output =
        nodes.add(
            "BatchNormalization",
            List.of(
                input.name(),
                weights(layer.name() + ".weight"),
                weights(layer.name() + ".bias"),
                weights(layer.name() + ".running_mean"),
                weights(layer.name() + ".running_var")),
            Attribute.of("epsilon", layer.epsilon()));
    return new Value(output, shapes.batchNorm(layer, input.shape()));
  }

  @Override
  public Value layerNorm(LayerNorm layer, Value input) {
    String channelsLast = input.isMap() ? transposed(input.name(), 0, 2, 3, 1) : input.name();
    String output =
        nodes.add(
            "LayerNormalization",
            List.of(
                channelsLast, weights(layer.name() + ".weight"), weights(layer.name() + ".bias")),
            Attribute.of("axis", -1),
            Attribute.of("epsilon", LayerNorm.EPSILON));
    return new Value(
        input.isMap() ? transposed(output, 0, 3, 1, 2) : output,
        shapes.layerNorm(layer, input.shape()));
  }

  private String transposed(String value, long... order) {
    return nodes.add("Transpose", List.of(value), Attribute.ofAll("perm", order));
  }

  private String reshaped(String value, long... shape) {
    return nodes.add("Reshape", value, nodes.longs(shape));
  }

  @Override
  public Value activation(Activation layer, Value input) {
    String x = input.name();
    String output =
        switch (layer) {
          case RELU -> nodes.add("Relu", x);
          case RELU6 -> nodes.add("Clip", x, nodes.scalar(0), nodes.scalar(6));
          case SILU -> nodes.add("Mul", x, nodes.add("Sigmoid", x));
          case GELU -> gelu(x);
          case HARD_SWISH -> nodes.add("HardSwish", x);
          case HARD_SIGMOID ->
              nodes.add(
                  "HardSigmoid",
                  List.of(x),
                  Attribute.of("alpha", 1.0 / 6),
                  Attribute.of("beta", 0.5));
          case SIGMOID -> nodes.add("Sigmoid", x);
        };
    return new Value(output, input.shape());
  }

  // In the form that runtimes recognize: opset 18 has no operator for it.
  private String gelu(String x) {
    String erf = nodes.add("Erf", nodes.add("Div", x, nodes.scalar(Math.sqrt(2))));
    String twice = nodes.add("Mul", x, nodes.add("Add", erf, nodes.scalar(1)));
    return nodes.add("Mul", twice, nodes.scalar(0.5));
  }

  @Override
  public Value pool(Pool layer, Value input) {
    String output =
        nodes.add(
            layer.kind() == Pool.Kind.MAX ? "MaxPool" : "AveragePool",
            List.of(input.name()),
            Attribute.ofAll("kernel_shape", layer.kernel(), layer.kernel()),
            Attribute.ofAll("strides", layer.stride(), layer.stride()),
            Attribute.ofAll(
                "pads", layer.padding(), layer.padding(), layer.padding(), layer.padding()));
    return new Value(output, shapes.pool(layer, input.shape()));
  }

  @Override
  public Value globalPool(GlobalPool layer, Value input) {
    return new Value(
        nodes.add("GlobalAveragePool", input.name()), shapes.globalPool(layer, input.shape()));
  }

  @Override
  public Value dense(Dense layer, Value input) {
    String bias = weights(layer.name() + ".bias");
    String output;
    if (input.isMap()) {
      // A linear layer on each pixel is a convolution of one pixel.
      String weight = weights(layer.name() + ".weight", layer.out(), layer.in(), 1, 1);
      output = nodes.add("Conv", input.name(), weight, bias);
    } else {
      String weight = nodes.weights(layer.name() + ".weight", tensor(layer.name() + ".weight").t());
      output = nodes.add("Add", nodes.add("MatMul", input.name(), weight), bias);
    }
    return new Value(output, shapes.dense(layer, input.shape()));
  }

  @Override
  public Value dropout(Dropout layer, Value input) {
    return input;
  }

  @Override
  public Value dropPath(DropPath layer, Value input) {
    return input;
  }

  @Override
  public Value scale(Scale layer, Value input) {
    String factors = weights(layer.name(), 1, layer.channels(), 1, 1);
    return new Value(nodes.add("Mul", input.name(), factors), input.shape());
  }

  @Override
  public Value subsample(Subsample layer, Value input) {
    long step = layer.stride();
    String picked =
        nodes.add(
            "Slice",
            input.name(),
            nodes.longs(0, 0),
            nodes.longs(input.map().height(), input.map().width()),
            nodes.longs(2, 3),
            nodes.longs(step, step));
    int extra = layer.out() - layer.in();
    String padded =
        nodes.add("Pad", picked, nodes.longs(0, extra / 2, 0, 0, 0, extra - extra / 2, 0, 0));
    return new Value(padded, shapes.subsample(layer, input.shape()));
  }

  @Override
  public Value slice(ChannelSlice layer, Value input) {
    String output =
        nodes.add(
            "Slice",
            input.name(),
            nodes.longs(layer.from()),
            nodes.longs(layer.until()),
            nodes.longs(1));
    return new Value(output, shapes.slice(layer, input.shape()));
  }

  @Override
  public Value shuffle(ChannelShuffle layer, Value input) {
    Shape.Grid map = input.map();
    int each = map.channels() / layer.groups();
    String grouped = reshaped(input.name(), 0, layer.groups(), each, map.height(), map.width());
    String swapped = transposed(grouped, 0, 2, 1, 3, 4);
    return new Value(reshaped(swapped, 0, map.channels(), map.height(), map.width()), map);
  }

  @Override
  public Value tokens(Tokens layer, Value input) {
    Shape.Grid map = input.map();
    String flat = reshaped(input.name(), 0, map.channels(), (long) map.height() * map.width());
    String patches = transposed(flat, 0, 2, 1);
    String batch = nodes.add("Gather", nodes.add("Shape", input.name()), nodes.longs(0));
    String sides = nodes.add("Concat", List.of(batch, nodes.longs(1, 1)), Attribute.of("axis", 0));
    String classToken = nodes.add("Expand", weights(Tokens.CLASS_TOKEN), sides);
    String all = nodes.add("Concat", List.of(classToken, patches), Attribute.of("axis", 1));
    String positions =
        nodes.weights(
            Tokens.POSITIONS,
            Positions.of(tensor(Tokens.POSITIONS), layer, map.height(), map.width()));
    return new Value(nodes.add("Add", all, positions), shapes.tokens(layer, map));
  }

  @Override
  public Value classToken(ClassToken layer, Value input) {
    String token =
        nodes.add("Gather", List.of(input.name(), nodes.index(0)), Attribute.of("axis", 1));
    return new Value(
        reshaped(token, 0, input.channels(), 1, 1), shapes.classToken(layer, input.shape()));
  }

  @Override
  public Value attention(Attention layer, Value input) {
    int each = layer.width() / layer.heads();
    Value projected = dense(layer.queriesKeysValues(), input);
    String parted = reshaped(projected.name(), 0, input.tokens(), 3, layer.heads(), each);
    String ordered = transposed(parted, 2, 0, 3, 1, 4);
    String queries = part(ordered, 0);
    String keys = transposed(part(ordered, 1), 0, 1, 3, 2);
    String products = nodes.add("MatMul", queries, keys);
    String scaled = nodes.add("Mul", products, nodes.scalar(1 / Math.sqrt(each)));
    String shares = nodes.add("Softmax", List.of(scaled), Attribute.of("axis", -1));
    String found = nodes.add("MatMul", shares, part(ordered, 2));
    String joined = reshaped(transposed(found, 0, 2, 1, 3), 0, input.tokens(), layer.width());
    return dense(layer.projection(), new Value(joined, input.shape()));
  }

  private String part(String value, long which) {
    return nodes.add("Gather", List.of(value, nodes.index(which)), Attribute.of("axis", 0));
  }

  @Override
  public Value add(Value left, Value right) {
    return new Value(
        nodes.add("Add", left.name(), right.name()), shapes.add(left.shape(), right.shape()));
  }

  @Override
  public Value multiply(Value map, Value factors) {
    return new Value(
        nodes.add("Mul", map.name(), factors.name()),
        shapes.multiply(map.shape(), factors.shape()));
  }

  @Override
  public Value concat(List<Value> maps) {
    return new Value(
        nodes.add("Concat", maps.stream().map(Value::name).toList(), Attribute.of("axis", 1)),
        shapes.concat(maps.stream().map(Value::shape).toList()));
  }
}
