package dev.discern.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.discern.backbone.Folding;
import dev.discern.card.ModelCard;
import dev.discern.config.AtomicFiles;
import dev.discern.config.InvalidConfig;
import dev.discern.torch.Scope;
import dev.discern.train.Network;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Writes a trained network as an ONNX file: from unsigned bytes of any height and width to
 * calibrated probabilities.
 */
public final class OnnxFile {
  /** The input: {@code [batch, height, width, channels]}, uint8. */
  static final String IMAGES = "images";

  private static final long OPSET = 18; // the first whose Resize antialiases
  private static final long IR_VERSION = 8; // that of opset 18
  private static final long MOST_BYTES = Integer.MAX_VALUE; // of a protobuf message

  private OnnxFile() {}

  /**
   * Writes a file, replacing it if it exists.
   *
   * @param network the network, in evaluation with its own weights; not changed
   * @param card its model card
   * @param half whether weights are stored as float16
   * @param version of Discern
   * @param file the target
   * @throws InvalidConfig if the weights need 2 GB or more, which one ONNX file cannot hold
   * @throws dev.discern.config.WorkFailed if it cannot be written
   */
  public static void write(
      Network network, ModelCard card, boolean half, String version, Path file) {
    requireSize(network.store().state(), half, card);
    ModelProto model = model(network, card, half, version);
    try {
      AtomicFiles.write(
          file,
          channel -> {
            OutputStream stream = Channels.newOutputStream(channel);
            model.writeTo(stream);
            stream.flush();
          });
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }

  /** Refuses weights that one protobuf message cannot hold, before they are copied. */
  static void requireSize(Map<String, Tensor> tensors, boolean half, ModelCard card) {
    long numbers = tensors.values().stream().mapToLong(Tensor::numel).sum();
    requireSize(numbers * (half ? 2 : 4), half, card.architecture());
  }

  /** As above, with a margin for nodes and metadata. */
  static void requireSize(long bytes, boolean half, String architecture) {
    if (bytes > MOST_BYTES - (32L << 20)) {
      throw new InvalidConfig(
          architecture
              + " has "
              + bytes / 1_000_000
              + " MB of weights, but an ONNX file holds at most 2,147 MB: "
              + (half
                  ? "choose a smaller network."
                  : "store them as float16, or choose a smaller network."));
    }
  }

  private static ModelProto model(Network network, ModelCard card, boolean half, String version) {
    GraphProto.Builder graph = graph(network, card, half);
    int classes = card.classNames().size();
    graph
        .addInput(images(card.preprocessing().shape().channels()))
        .addOutput(output(AnswerNodes.PROBABILITIES, classes))
        .addOutput(output(AnswerNodes.LOGITS, classes));
    ModelProto.Builder model = model(graph).setProducerVersion(version);
    Metadata.of(card, version)
        .forEach(
            (key, value) ->
                model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build();
  }

  /** A file of a graph, without metadata. */
  static ModelProto.Builder model(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("discern")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(graph.setName("discern"));
  }

  private static GraphProto.Builder graph(Network network, ModelCard card, boolean half) {
    Nodes nodes = new Nodes(half);
    try (Scope scope = new Scope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Folding folding = new Folding(network.backbone().architecture());
      Map<String, Tensor> tensors = folding.tensors(network.store().state());
      Value input = new ImageNodes(nodes, card.preprocessing()).of(IMAGES);
      new AnswerNodes(nodes, card).add(input, folding.architecture(), tensors, network.head());
    }
    return nodes.graph();
  }

  /** The input, of any number of images of any size. */
  static ValueInfoProto images(int channels) {
    return tensor(
        IMAGES,
        TensorProto.DataType.UINT8_VALUE,
        List.of(named("batch"), named("height"), named("width"), fixed(channels)));
  }

  private static ValueInfoProto output(String name, int classes) {
    return tensor(name, TensorProto.DataType.FLOAT_VALUE, List.of(named("batch"), fixed(classes)));
  }

  static ValueInfoProto tensor(String name, int type, List<TensorShapeProto.Dimension> sides) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type)
                        .setShape(TensorShapeProto.newBuilder().addAllDim(sides))))
        .build();
  }

  static TensorShapeProto.Dimension named(String name) {
    return TensorShapeProto.Dimension.newBuilder().setDimParam(name).build();
  }

  static TensorShapeProto.Dimension fixed(long side) {
    return TensorShapeProto.Dimension.newBuilder().setDimValue(side).build();
  }
}
