package dev.discern.graph;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an ONNX file holds beside its weights (onnx.proto, IR version 3 and later).
 *
 * <p>Reading it checks all that the native library would otherwise have to trust: the structure of
 * the whole file, the size of every tensor against its bytes, the operators and the range of their
 * whole numbers. Files of other tools may use more of ONNX than is accepted here.
 *
 * @param metadata text by key
 * @param inputs the graph's inputs that are not weights
 * @param outputs the graph's outputs
 */
public record OnnxFile(Map<String, String> metadata, List<Value> inputs, List<Value> outputs) {
  private static final int MODEL_GRAPH = 7;
  private static final int MODEL_OPSETS = 8;
  private static final int MODEL_METADATA = 14;
  private static final int TRAINING = 20;
  private static final int FUNCTIONS = 25;
  private static final int LATEST_OPSET = 30;

  /**
   * An input or output.
   *
   * @param name its name
   * @param type as {@code TensorProto.DataType} numbers it: 1 for float32, 2 for uint8
   * @param shape the length of each dimension, −1 where it varies
   */
  public record Value(String name, int type, List<Long> shape) {
    /** Keeps an unmodifiable copy. */
    public Value {
      shape = List.copyOf(shape);
    }
  }

  /** Keeps unmodifiable copies. */
  public OnnxFile {
    metadata = Map.copyOf(metadata);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * Reads and checks a file.
   *
   * @param file the whole file; not changed
   * @return its metadata, inputs and outputs
   * @throws BadOnnx if it is damaged, or not accepted
   */
  public static OnnxFile read(ByteBuffer file) throws BadOnnx {
    Map<String, String> metadata = new LinkedHashMap<>();
    Graph graph = null;
    boolean versioned = false;
    Message model = new Message(file);
    for (int field = model.next(); field != 0; field = model.next()) {
      switch (field) {
        case MODEL_GRAPH -> {
          if (graph != null) {
            throw BadOnnx.damaged();
          }
          graph = Graph.read(model.message());
        }
        case MODEL_OPSETS -> versioned |= checkOpset(model.message());
        case MODEL_METADATA -> addEntry(model.message(), metadata);
        case TRAINING, FUNCTIONS -> throw BadOnnx.unusual("it has functions or training steps");
        default -> {}
      }
    }
    if (graph == null || !versioned) {
      throw BadOnnx.damaged();
    }
    return new OnnxFile(metadata, graph.inputs(), graph.outputs());
  }

  private static boolean checkOpset(Message opset) throws BadOnnx {
    String domain = "";
    long version = 0;
    for (int field = opset.next(); field != 0; field = opset.next()) {
      switch (field) {
        case 1 -> domain = opset.text();
        case 2 -> version = opset.number();
        default -> {}
      }
    }
    if (!domain.isEmpty() && !domain.equals("ai.onnx")) {
      throw BadOnnx.unusual("it uses operators of " + Graph.shown(domain));
    }
    if (version < 7 || version > LATEST_OPSET) {
      throw BadOnnx.unusual("its operators are of version " + version);
    }
    return true;
  }

  static void addEntry(Message entry, Map<String, String> metadata) throws BadOnnx {
    String key = "";
    String value = "";
    for (int field = entry.next(); field != 0; field = entry.next()) {
      switch (field) {
        case 1 -> key = entry.text();
        case 2 -> value = entry.text();
        default -> {}
      }
    }
    if (metadata.put(key, value) != null) {
      throw BadOnnx.damaged();
    }
  }

  /** An input or output of a graph. */
  static Value value(Message info) throws BadOnnx {
    String name = "";
    int type = 0;
    List<Long> shape = new ArrayList<>();
    for (int field = info.next(); field != 0; field = info.next()) {
      if (field == 1) {
        name = info.text();
      } else if (field == 2) {
        Message tensor = only(info.message(), 1);
        for (int inner = tensor.next(); inner != 0; inner = tensor.next()) {
          if (inner == 1) {
            type = (int) tensor.number();
          } else if (inner == 2) {
            addShape(tensor.message(), shape);
          }
        }
      }
    }
    return new Value(name, type, shape);
  }

  private static Message only(Message holder, int wanted) throws BadOnnx {
    Message found = null;
    for (int field = holder.next(); field != 0; field = holder.next()) {
      if (field == wanted) {
        found = holder.message();
      }
    }
    if (found == null) {
      throw BadOnnx.unusual("an input or output is not a tensor");
    }
    return found;
  }

  private static void addShape(Message holder, List<Long> shape) throws BadOnnx {
    for (int field = holder.next(); field != 0; field = holder.next()) {
      if (field == 1) {
        Message dimension = holder.message();
        long length = -1;
        for (int inner = dimension.next(); inner != 0; inner = dimension.next()) {
          length = inner == 1 ? dimension.number() : length;
        }
        shape.add(length);
      }
    }
  }
}
