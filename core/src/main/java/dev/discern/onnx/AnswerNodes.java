package dev.discern.onnx;

import dev.discern.card.ModelCard;
import dev.discern.certainty.Calibration;
import dev.discern.certainty.Temperature;
import dev.discern.config.Task;
import dev.discern.head.Head;
import dev.discern.layer.Architecture;
import dev.discern.onnx.Nodes.Attribute;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** The way from a network's input to its logits and probabilities. */
final class AnswerNodes {
  /** The output of the probabilities. */
  static final String PROBABILITIES = "probabilities";

  /** The output of the logits. */
  static final String LOGITS = "logits";

  private final Nodes nodes;
  private final ModelCard card;

  /**
   * Writes to a graph.
   *
   * @param nodes the graph
   * @param card the network's model card
   */
  AnswerNodes(Nodes nodes, ModelCard card) {
    this.nodes = nodes;
    this.card = card;
  }

  /** Adds network, head, and what becomes of the logits. */
  void add(Value input, Architecture architecture, Map<String, Tensor> tensors, Head head) {
    boolean flips = card.preprocessing().testFlip();
    String images = flips ? withMirrored(input) : input.name();
    LayerNodes layers = new LayerNodes(nodes, tensors);
    Value pooled =
        architecture
            .neck()
            .on(layers, architecture.trunk().on(layers, new Value(images, input.shape())));
    String features = nodes.add("Flatten", pooled.name());
    HeadNodes operations = new HeadNodes(nodes);
    String logits = operations.name(head.logits(operations, new HeadNodes.Named(features)));
    if (flips) {
      ofMirrored(logits);
    } else {
      nodes.addAs(LOGITS, "Identity", List.of(logits));
      addProbabilities(logits);
    }
  }

  // The mirror images of a batch follow its images.
  private String withMirrored(Value input) {
    String mirrored =
        nodes.add(
            "Slice",
            input.name(),
            nodes.longs(-1),
            nodes.longs(Long.MIN_VALUE),
            nodes.longs(3),
            nodes.longs(-1));
    return nodes.add("Concat", List.of(input.name(), mirrored), Attribute.of("axis", 0));
  }

  private void ofMirrored(String logits) {
    String pairs = nodes.add("Reshape", logits, nodes.longs(2, -1, card.classNames().size()));
    nodes.addAs(LOGITS, "ReduceMean", List.of(pairs, nodes.longs(0)), Attribute.of("keepdims", 0));
    if (card.task() == Task.ONE_LABEL) {
      String each = nodes.add("LogSoftmax", List.of(pairs), Attribute.of("axis", -1));
      addProbabilities(
          nodes.add("ReduceLogSumExp", List.of(each, nodes.longs(0)), Attribute.of("keepdims", 0)));
    } else {
      nodes.addAs(
          PROBABILITIES,
          "ReduceMean",
          List.of(nodes.add("Sigmoid", pairs), nodes.longs(0)),
          Attribute.of("keepdims", 0));
    }
  }

  private void addProbabilities(String logits) {
    if (card.task() == Task.ONE_LABEL) {
      Temperature temperature =
          card.calibration().map(Calibration::temperature).orElse(Temperature.NONE);
      String divided = nodes.add("Mul", logits, nodes.scalar(1 / temperature.value()));
      nodes.addAs(PROBABILITIES, "Softmax", List.of(divided), Attribute.of("axis", -1));
    } else {
      nodes.addAs(PROBABILITIES, "Sigmoid", List.of(logits));
    }
  }
}
